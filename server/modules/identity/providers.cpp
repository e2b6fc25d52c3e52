#include "modules/identity/providers.hpp"

namespace changwat::identity {
namespace {

constexpr std::int64_t kept_ms = 24 * 60 * 60 * 1000;
constexpr std::int64_t retry_ms = 15'000;  // after a failure
constexpr std::int64_t keys_again_ms =
    5 * 60'000;  // for a key we do not know: whoever asks can make up names

}  // namespace

// One provider. The lock is held while fetching: others who need the same answer wait for it.
struct Providers::Kept {
  ProviderOptions options;
  auth::Client client;
  std::mutex mutex;
  std::optional<auth::Provider> provider;
  Instant provider_at;
  std::optional<auth::KeySet> keys;
  Instant keys_at;
  std::optional<Problem> failure;
  Instant failed_at;

  template <class T>
  Result<T> failed(Problem problem, Instant now) {
    failure = problem;
    failed_at = now;
    return problem;
  }
};

Providers::Providers(std::vector<ProviderOptions> options, std::string public_url,
                     auth::HttpClientOptions http)
    : public_url_(std::move(public_url)), http_(std::move(http)) {
  for (auto& one : options) {
    auto kept = std::make_unique<Kept>();
    kept->client.id = one.client_id;
    kept->client.secret = one.client_secret;
    kept->client.redirect_uri = public_url_ + "/auth/oidc/" + one.code.text() + "/callback";
    const auto code = one.code;
    kept->options = std::move(one);
    CHECK(kept_.emplace(code, std::move(kept)).second);  // two providers of one code
  }
}

Providers::~Providers() = default;

std::vector<ProviderOptions> Providers::all() const {
  std::vector<ProviderOptions> out;
  for (const auto& [code, kept] : kept_) out.push_back(kept->options);
  return out;
}

const ProviderOptions* Providers::find(std::string_view code) const {
  const auto key = Key::parse(code);
  const auto found = key ? kept_.find(*key) : kept_.end();
  return found == kept_.end() ? nullptr : &found->second->options;
}

Result<std::string> Providers::fetch(const std::string& url) {
  auto reply = TRY(http_.send({.url = url, .headers = {{"Accept", "application/json"}}}));
  if (reply.status != 200)
    return Problem(errors::identity_provider_failed,
                   "ผู้ให้บริการยืนยันตัวตนตอบรหัส " + std::to_string(reply.status),
                   "The provider answered with status " + std::to_string(reply.status) + ".");
  return std::move(reply.body);
}

Result<auth::Provider> Providers::discovered(Kept& kept, Instant now) {
  const std::lock_guard lock(kept.mutex);
  if (kept.provider && now < kept.provider_at.plus_ms(kept_ms)) return *kept.provider;
  if (kept.failure && now < kept.failed_at.plus_ms(retry_ms)) return *kept.failure;
  auto body = fetch(auth::discovery_url(kept.options.issuer));
  if (!body.ok()) return kept.failed<auth::Provider>(body.problem(), now);
  auto provider = auth::parse_provider(*body, kept.options.issuer);
  if (!provider.ok()) return kept.failed<auth::Provider>(provider.problem(), now);
  kept.failure.reset();
  kept.provider = *provider;
  kept.provider_at = now;
  return provider;
}

Result<auth::KeySet> Providers::keys(Kept& kept, const auth::Provider& provider,
                                     std::string_view kid, Instant now) {
  const std::lock_guard lock(kept.mutex);
  if (kept.keys) {
    const bool known = kid.empty() || kept.keys->has(kid);
    if (now < kept.keys_at.plus_ms(known ? kept_ms : keys_again_ms)) return *kept.keys;
  }
  if (kept.failure && now < kept.failed_at.plus_ms(retry_ms)) return *kept.failure;
  auto body = fetch(provider.jwks_uri);
  if (!body.ok()) return kept.failed<auth::KeySet>(body.problem(), now);
  auto keys = auth::KeySet::parse(*body);
  if (!keys.ok()) return kept.failed<auth::KeySet>(keys.problem(), now);
  kept.failure.reset();
  kept.keys = *keys;
  kept.keys_at = now;
  return keys;
}

Result<std::string> Providers::authorization_url(const ProviderOptions& options,
                                                 const auth::SignIn& sign_in, Instant now) {
  auto& one = kept(options);
  const auto provider = TRY(discovered(one, now));
  return auth::authorization_url(provider, one.client, sign_in);
}

Result<auth::IdToken> Providers::identify(const ProviderOptions& options, std::string_view query,
                                          const auth::SignIn& sign_in, Instant now) {
  auto& one = kept(options);
  const auto provider = TRY(discovered(one, now));
  const auto code = TRY(auth::parse_callback(query, sign_in, provider));
  const auto reply = TRY(http_.send(auth::token_call(provider, one.client, code, sign_in)));
  const auto tokens = TRY(auth::parse_token_reply(reply));
  const auto kid = TRY(auth::key_id_of(tokens.id_token));
  const auto signing_keys = TRY(keys(one, provider, kid, now));
  return auth::verify_id_token(
      tokens.id_token, signing_keys,
      {.issuer = provider.issuer, .client_id = one.client.id, .nonce = sign_in.nonce}, now);
}

}  // namespace changwat::identity
