#include "platform/auth/http_client.hpp"

#include <functional>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/auth/signing_for_tests.hpp"

namespace changwat::auth {
namespace {

using for_tests::must;
using for_tests::SigningKey;
using namespace std::chrono_literals;

// A listening socket on loopback; the system picks the port.
class Listener {
 public:
  Listener() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    must(::bind(descriptor_, reinterpret_cast<sockaddr*>(&address), length) == 0);
    must(::listen(descriptor_, 16) == 0);
    must(::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &length) == 0);
    port_ = std::to_string(ntohs(address.sin_port));
  }
  ~Listener() { ::close(descriptor_); }
  int descriptor() const { return descriptor_; }
  const std::string& port() const { return port_; }

 private:
  int descriptor_;
  std::string port_;
};

// One end of an accepted connection.
struct Peer {
  std::function<long(const char*, std::size_t)> send;
  std::function<long(char*, std::size_t)> receive;
  int descriptor;

  void say(std::string_view text) const {
    while (!text.empty()) {
      const long sent = send(text.data(), text.size());
      if (sent <= 0) return;  // the client hung up: some tests want that
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // The request up to the end of its body (Content-Length) or of its head.
  std::string hear() const {
    std::string text;
    char piece[4096];
    for (;;) {
      const std::size_t end = text.find("\r\n\r\n");
      if (end != std::string::npos) {
        const std::size_t at = text.find("Content-Length: ");
        const std::size_t body = at < end ? std::stoul(text.substr(at + 16)) : 0;
        if (text.size() >= end + 4 + body) return text;
      }
      const long got = receive(piece, sizeof piece);
      if (got <= 0) return text;
      text.append(piece, static_cast<std::size_t>(got));
    }
  }

  // Until the client hangs up: how a test waits for the client to have had enough.
  void wait_for_hang_up() const {
    char piece[4096];
    while (::recv(descriptor, piece, sizeof piece, 0) > 0) {
    }
  }
};

// Answers one connection with the behaviour given, on a thread of its own.
class OneShotServer {
 public:
  explicit OneShotServer(std::function<void(const Peer&)> behaviour)
      : thread_([this, behaviour = std::move(behaviour)] {
          const int peer = ::accept(listener_.descriptor(), nullptr, nullptr);
          if (peer < 0) return;
          behaviour({[peer](const char* bytes, std::size_t count) {
                       return ::send(peer, bytes, count, MSG_NOSIGNAL);
                     },
                     [peer](char* into, std::size_t room) { return ::recv(peer, into, room, 0); },
                     peer});
          ::close(peer);
        }) {}
  ~OneShotServer() {
    ::shutdown(listener_.descriptor(), SHUT_RDWR);  // wakes accept() if nobody came
    thread_.join();
  }
  std::string url(std::string_view target = "/") const {
    return "http://127.0.0.1:" + listener_.port() + std::string(target);
  }

 private:
  Listener listener_;
  std::thread thread_;
};

HttpCall get(std::string url) {
  HttpCall call;
  call.url = std::move(url);
  return call;
}

// One for all: a client reads the system's authorities when it is made, which takes its time.
const HttpClient& usual_client() {
  static const HttpClient client;
  return client;
}

Result<HttpReply> answer_to(std::string reply, const HttpClient& client = usual_client()) {
  const OneShotServer server([&](const Peer& peer) {
    peer.hear();
    peer.say(reply);
  });
  return client.send(get(server.url()));
}

std::string why_not(const Result<HttpReply>& reply) {
  if (reply.ok()) return "answered";
  EXPECT_TRUE(reply.problem().is(errors::remote_call_failed));
  EXPECT_FALSE(reply.problem().th.empty());
  return reply.problem().en;
}

TEST(HttpClient, SendsWhatItWasGivenAndReadsTheReply) {
  std::string heard;
  const OneShotServer server([&](const Peer& peer) {
    heard = peer.hear();
    peer.say(
        "HTTP/1.1 201 Created\r\nContent-Type:  text/plain \r\nX-A: 1\r\nx-a: 2\r\n"
        "Content-Length: 5\r\n\r\nhello and more that is not read");
  });
  HttpCall call = get(server.url("/a/b?c=d"));
  call.method = "POST";
  call.headers = {{"Accept", "text/plain"}};
  call.body = "x=1";
  const auto reply = usual_client().send(call);
  ASSERT_TRUE(reply.ok()) << why_not(reply);
  EXPECT_EQ(reply->status, 201);
  EXPECT_EQ(reply->body, "hello");
  EXPECT_EQ(reply->header("content-type"), "text/plain");
  EXPECT_EQ(reply->header("x-a"), "1");
  EXPECT_EQ(reply->header("absent"), "");
  const std::string host = server.url().substr(7, server.url().size() - 8);
  EXPECT_EQ(heard,
            "POST /a/b?c=d HTTP/1.1\r\nHost: " + host +
                "\r\nAccept: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nx=1");
}

TEST(HttpClient, ReadsBodiesHoweverTheyAreFramed) {
  struct Case {
    const char* reply;
    const char* body;
  };
  const Case cases[] = {
      {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""},
      {"HTTP/1.1 200 \r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok", "ok"},
      {"HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nok", "ok"},
      {"HTTP/1.1 204 No Content\r\n\r\n", ""},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", ""},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
       "3\r\nabc\r\n0000A;name=value\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
       "abc0123456789"},
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok"},
  };
  for (const auto& [reply, body] : cases) {
    const auto read = answer_to(reply);
    ASSERT_TRUE(read.ok()) << reply << why_not(read);
    EXPECT_EQ(read->body, body);
  }
}

TEST(HttpClient, ReadsAReplyThatComesByteByByte) {
  const std::string text =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
  const OneShotServer server([&](const Peer& peer) {
    peer.hear();
    for (const char c : text) {
      peer.say({&c, 1});
      std::this_thread::yield();
    }
  });
  EXPECT_EQ(usual_client().send(get(server.url()))->body, "abcde");
}

TEST(HttpClient, RefusesMalformedReplies) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
  for (const std::string& reply :
       {std::string("nonsense\r\n\r\n"),
        std::string("HTTP/2 200 OK\r\n\r\n"),
        std::string("HTTP/1.1 2000 OK\r\n\r\n"),
        std::string("HTTP/1.1 99 OK\r\n\r\n"),
        std::string("HTTP/1.1 +20 OK\r\n\r\n"),
        std::string("HTTP/1.1 101 Switch\r\n\r\n"),
        head + "no colon\r\n\r\n",
        head + "A : b\r\n\r\n",
        head + " folded: x\r\n\r\n",
        head + "A: b\x01\r\n\r\n",
        head + "A: b\nC: d\r\n\r\n",
        head + "\r\n",  // no length
        head + "Content-Length: -1\r\n\r\n",
        head + "Content-Length: 2x\r\n\r\nok",
        head + "Content-Length: +2\r\n\r\nok",
        head + "Content-Length: \r\n\r\n",
        head + "Content-Length: 99999999999999999999999\r\n\r\n",
        head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
        head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        head + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok",
        chunked + "x\r\nabc\r\n",
        chunked + "-3\r\nabc\r\n0\r\n\r\n",
        chunked + "0x3\r\nabc\r\n0\r\n\r\n",
        chunked + "\r\n\r\n",
        chunked + "3\r\nabcd\r\n0\r\n\r\n",
        chunked + "3\nabc\r\n0\r\n\r\n"}) {
    EXPECT_TRUE(why_not(answer_to(reply)).starts_with("The other system's reply is malformed: "))
        << reply;
  }
  std::string interim;
  for (int i = 0; i < 10; ++i) interim += "HTTP/1.1 102 Processing\r\n\r\n";
  EXPECT_FALSE(answer_to(interim).ok());
}

TEST(HttpClient, RefusesRepliesThatAreCutShort) {
  const std::string reply =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  for (std::size_t length = 0; length < reply.size(); ++length) {
    EXPECT_EQ(why_not(answer_to(reply.substr(0, length))),
              "The connection ended before the reply did.")
        << length;
  }
  EXPECT_EQ(why_not(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")),
            "The connection ended before the reply did.");
}

TEST(HttpClient, RefusesRepliesThatAreTooLarge) {
  HttpClientOptions options;
  options.body_bytes_max = 100;
  options.header_bytes_max = 200;
  const HttpClient small(options);
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const std::string hundred(100, 'x');
  EXPECT_EQ(answer_to(head + "Content-Length: 100\r\n\r\n" + hundred, small)->body, hundred);
  const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(answer_to(chunked + "64\r\n" + hundred + "\r\n0\r\n\r\n", small)->body, hundred);
  for (const std::string& reply :
       {head + "Content-Length: 101\r\n\r\n" + hundred + "x",
        chunked + "65\r\n" + hundred + "x\r\n",
        chunked + "64\r\n" + hundred + "\r\n1\r\nx\r\n0\r\n\r\n", chunked + "ffffffffffffffff\r\n",
        chunked + "1;" + std::string(300, 'e') + "\r\n", head + "A: " + hundred + hundred + "\r\n",
        head + "A: " + std::string(20'000, 'a'),
        chunked + "0\r\n" + "A: " + hundred + "\r\n" + "B: " + hundred + "\r\n\r\n"}) {
    EXPECT_EQ(why_not(answer_to(reply, small)), "The other system's reply is too large.")
        << reply.substr(0, 80);
  }
  EXPECT_FALSE(answer_to(head + "Content-Length: 1048577\r\n\r\n").ok());
}

TEST(HttpClient, AnEndlessBodyIsCutAtTheLimit) {
  const OneShotServer server([](const Peer& peer) {
    peer.hear();
    peer.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    while (peer.send(chunk.data(), chunk.size()) > 0) {
    }
  });
  EXPECT_EQ(why_not(usual_client().send(get(server.url()))),
            "The other system's reply is too large.");
}

TEST(HttpClient, ASilentServerIsLeftAtTheDeadline) {
  const OneShotServer server([](const Peer& peer) { peer.wait_for_hang_up(); });
  HttpClientOptions options;
  options.total_time = 150ms;
  EXPECT_EQ(why_not(HttpClient(options).send(get(server.url()))),
            "The other system took too long.");
}

TEST(HttpClient, AServerThatTricklesIsLeftAtTheDeadline) {
  const OneShotServer server([](const Peer& peer) {
    peer.hear();
    peer.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    pollfd hang_up{peer.descriptor, POLLIN, 0};
    while (::poll(&hang_up, 1, 5) == 0) peer.say("x");  // a byte each 5 ms: never idle for long
  });
  HttpClientOptions options;
  options.total_time = 150ms;
  EXPECT_EQ(why_not(HttpClient(options).send(get(server.url()))),
            "The other system took too long.");
}

TEST(HttpClient, RedirectsAreAnsweredNotFollowed) {
  const auto reply =
      answer_to("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(reply->status, 302);
  EXPECT_EQ(reply->header("location"), "http://127.0.0.1:1/");
}

TEST(HttpClient, NobodyListeningIsAFailureNotAnException) {
  std::string port;
  {
    const Listener closed;
    port = closed.port();
  }
  EXPECT_EQ(why_not(usual_client().send(get("http://127.0.0.1:" + port + "/"))),
            "No connection to 127.0.0.1:" + port + ".");
}

TEST(HttpClient, ACallCannotSmuggleLines) {
  const HttpClient& client = usual_client();
  for (const char* url :
       {"", "ftp://127.0.0.1/", "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y"}) {
    EXPECT_EQ(why_not(client.send(get(url))), "The call's address or a header is not right.");
  }
  HttpCall call = get("http://127.0.0.1:1/");
  call.headers = {{"A", "b\r\nC: d"}};
  EXPECT_EQ(why_not(client.send(call)), "The call's address or a header is not right.");
  call.headers = {{"A\r\nB", "c"}};
  EXPECT_EQ(why_not(client.send(call)), "The call's address or a header is not right.");
  call.headers.clear();
  call.method = "GET / HTTP/1.1\r\nX:";
  EXPECT_EQ(why_not(client.send(call)), "The call's address or a header is not right.");
}

TEST(Url, IsReadStrictly) {
  struct Case {
    const char* text;
    bool tls;
    const char* host;
    const char* port;
    const char* target;
  };
  const Case good[] = {
      {"http://a.example", false, "a.example", "80", "/"},
      {"https://A.Example/x?y=z", true, "a.example", "443", "/x?y=z"},
      {"https://a.example?y", true, "a.example", "443", "/?y"},
      {"http://127.0.0.1:8080/", false, "127.0.0.1", "8080", "/"},
      {"https://[::1]:8443/x", true, "::1", "8443", "/x"},
  };
  for (const auto& [text, tls, host, port, target] : good) {
    const auto url = Url::parse(text);
    ASSERT_TRUE(url) << text;
    EXPECT_EQ(url->tls, tls);
    EXPECT_EQ(url->host, host);
    EXPECT_EQ(url->port, port);
    EXPECT_EQ(url->target, target);
  }
  for (const std::string& text :
       {std::string("HTTP://a"), std::string("http://"), std::string("http:///x"),
        std::string("http://:80/"), std::string("http://a:"), std::string("http://a:0"),
        std::string("http://a:65536"), std::string("http://a:8x"), std::string("http://u@a/"),
        std::string("http://a#f"), std::string("http://a\\b"), std::string("http://[::1"),
        std::string("http://[x]/"), std::string("http://[::1]x/"), std::string("http://a%2e/"),
        std::string("http://ก/"), "http://" + std::string(254, 'a') + "/",
        "http://a/" + std::string(2048, 'x')}) {
    EXPECT_FALSE(Url::parse(text)) << text;
  }
  EXPECT_TRUE(Url::parse("http://127.0.0.1:1/")->is_private());
  EXPECT_TRUE(Url::parse("https://a.example/")->is_private());
  EXPECT_FALSE(Url::parse("http://a.example/")->is_private());
}

// ---- TLS

struct Certificate {
  std::string names = "DNS:localhost,IP:127.0.0.1";
  long valid_from_now_seconds = 3600;
};

struct OwnedX509 {
  X509* pointer;
  ~OwnedX509() { X509_free(pointer); }
};

// A self-signed certificate for the key; who trusts it trusts the server that has it.
X509* self_signed(const SigningKey& key, const Certificate& wanted) {
  X509* certificate = X509_new();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -7200);
  X509_gmtime_adj(X509_getm_notAfter(certificate), wanted.valid_from_now_seconds);
  X509_set_pubkey(certificate, key.get());
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_EXTENSION* names =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, wanted.names.c_str());
  X509_add_ext(certificate, names, -1);
  X509_EXTENSION_free(names);
  must(X509_sign(certificate, key.get(), EVP_sha256()) != 0);
  return certificate;
}

class TlsServer {
 public:
  explicit TlsServer(const Certificate& wanted,
                     std::function<void(const Peer&)> behaviour = answer_ok)
      : key_(SigningKey::p256()),
        certificate_{self_signed(key_, wanted)},
        context_(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free),
        server_([this, behaviour = std::move(behaviour)](const Peer& peer) {
          const std::unique_ptr<SSL, decltype(&SSL_free)> session(SSL_new(context_.get()),
                                                                  &SSL_free);
          SSL_set_fd(session.get(), peer.descriptor);
          if (SSL_accept(session.get()) != 1) return;
          if (const char* sent = SSL_get_servername(session.get(), TLSEXT_NAMETYPE_host_name)) {
            name_asked_for_ = sent;
          }
          SSL* raw = session.get();
          behaviour({[raw](const char* bytes, std::size_t count) {
                       return long{SSL_write(raw, bytes, static_cast<int>(count))};
                     },
                     [raw](char* into, std::size_t room) {
                       return long{SSL_read(raw, into, static_cast<int>(room))};
                     },
                     peer.descriptor});
        }) {
    must(SSL_CTX_use_certificate(context_.get(), certificate_.pointer) == 1);
    must(SSL_CTX_use_PrivateKey(context_.get(), key_.get()) == 1);
  }

  static void answer_ok(const Peer& peer) {
    peer.hear();
    peer.say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
  }

  std::string url(std::string_view host) const {
    return "https://" + std::string(host) + server_.url().substr(16);
  }
  std::string pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    must(PEM_write_bio_X509(out.get(), certificate_.pointer) == 1);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(out.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
  }
  std::string name_asked_for() const { return name_asked_for_; }

 private:
  SigningKey key_;
  OwnedX509 certificate_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::string name_asked_for_;
  OneShotServer server_;  // last: its thread uses the rest
};

HttpClientOptions trusting(const TlsServer& server) {
  HttpClientOptions options;
  options.authorities_pem = server.pem();
  return options;
}

TEST(HttpClientTls, SpeaksWithAServerWhoseCertificateItTrusts) {
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const TlsServer server({});
    const auto reply = HttpClient(trusting(server)).send(get(server.url(host)));
    ASSERT_TRUE(reply.ok()) << why_not(reply);
    EXPECT_EQ(reply->body, "secret");
    EXPECT_EQ(server.name_asked_for(), std::string(host) == "localhost" ? "localhost" : "");
  }
}

TEST(HttpClientTls, RefusesACertificateNobodyVouchesFor) {
  const TlsServer server({});
  EXPECT_TRUE(why_not(usual_client().send(get(server.url("localhost"))))
                  .starts_with("The other system's certificate is not trusted: self"));
}

TEST(HttpClientTls, RefusesAnotherHostsCertificate) {
  for (const auto& [names, host] :
       {std::pair{"DNS:other.example,IP:127.0.0.2", "localhost"},
        std::pair{"DNS:localhost", "127.0.0.1"}, std::pair{"IP:127.0.0.1", "localhost"},
        std::pair{"DNS:127.0.0.1", "127.0.0.1"}}) {
    const TlsServer server({.names = names});
    EXPECT_TRUE(why_not(HttpClient(trusting(server)).send(get(server.url(host))))
                    .starts_with("The other system's certificate is not trusted: "))
        << names << " for " << host;
  }
}

TEST(HttpClientTls, RefusesAnExpiredCertificate) {
  const TlsServer server({.valid_from_now_seconds = -3600});
  EXPECT_EQ(why_not(HttpClient(trusting(server)).send(get(server.url("localhost")))),
            "The other system's certificate is not trusted: certificate has expired.");
}

TEST(HttpClientTls, RefusesAServerThatSpeaksNoTls) {
  const OneShotServer server([](const Peer& peer) { peer.say("HTTP/1.1 200 OK\r\n\r\n"); });
  EXPECT_EQ(why_not(usual_client().send(get("https://127.0.0.1:" + server.url().substr(17)))),
            "The TLS handshake failed.");
}

TEST(HttpClientTls, AServerThatHangsInTheHandshakeIsLeftAtTheDeadline) {
  const OneShotServer server([](const Peer& peer) { peer.wait_for_hang_up(); });
  HttpClientOptions options;
  options.total_time = 150ms;
  EXPECT_EQ(why_not(HttpClient(options).send(get("https://127.0.0.1:" + server.url().substr(17)))),
            "The other system took too long.");
}

TEST(HttpClientTls, AReplyCutShortIsRefused) {
  const TlsServer server({}, [](const Peer& peer) {
    peer.hear();
    peer.say("HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\nsecret");
  });
  EXPECT_EQ(why_not(HttpClient(trusting(server)).send(get(server.url("localhost")))),
            "The connection ended before the reply did.");
}

TEST(HttpClientTls, AuthoritiesThatCannotBeReadAreNoClient) {
  HttpClientOptions options;
  options.authorities_pem = "nonsense";
  EXPECT_THROW(HttpClient{options}, std::runtime_error);
}

}  // namespace
}  // namespace changwat::auth
