#pragma once
// The identity providers of this installation: their discovery documents and keys, fetched when
// needed, kept for a day, and the calls of a sign-in with them.
//
// Blocking: at most two calls of HttpClientOptions::total_time each. A provider that failed is not
// asked again for some seconds, so that a dead one does not hold all workers. Threads: any.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/text.hpp"

#include "platform/auth/http_client.hpp"
#include "platform/auth/jwt.hpp"
#include "platform/auth/oidc.hpp"

namespace changwat::identity {

struct ProviderOptions {
  Key code;  // in addresses: /auth/oidc/{code}/start
  std::string issuer;
  std::string client_id;
  std::string client_secret;
  std::string name_th;
  std::string name_en;
  bool creates_citizens = false;  // whoever it vouches for gets an account as a citizen
};

class Providers {
 public:
  Providers(std::vector<ProviderOptions> options, std::string public_url,
            auth::HttpClientOptions http);
  ~Providers();

  std::vector<ProviderOptions> all() const;
  const ProviderOptions* find(std::string_view code) const;  // none: no such provider

  // Where the browser is sent to sign in.
  Result<std::string> authorization_url(const ProviderOptions& provider,
                                        const auth::SignIn& sign_in, Instant now);

  // Whom the provider vouches for, from the query with which the browser came back.
  Result<auth::IdToken> identify(const ProviderOptions& provider, std::string_view query,
                                 const auth::SignIn& sign_in, Instant now);

 private:
  struct Kept;
  Kept& kept(const ProviderOptions& provider) { return *kept_.at(provider.code); }
  Result<auth::Provider> discovered(Kept& kept, Instant now);
  Result<auth::KeySet> keys(Kept& kept, const auth::Provider& provider, std::string_view kid,
                            Instant now);
  Result<std::string> fetch(const std::string& url);

  const std::string public_url_;
  const auth::HttpClient http_;
  std::map<Key, std::unique_ptr<Kept>> kept_;
};

}  // namespace changwat::identity
