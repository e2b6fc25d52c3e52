#include "platform/auth/password.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

namespace changwat::auth {
namespace {

constexpr HashCost cheap{.memory_bytes = 64 * 1024, .passes = 1};
const std::string password = "ต้นไม้สี่ต้นริมคลอง";

TEST(PasswordHasher, AHashIsTheStandardStringAndKnowsItsPassword) {
  PasswordHasher hasher(cheap);
  const std::string stored = hasher.hash(password).value();
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << stored;
  EXPECT_TRUE(hasher.verify(password, stored).value());
  EXPECT_FALSE(hasher.verify(password + "x", stored).value());
  EXPECT_FALSE(hasher.verify("", stored).value());
}

TEST(PasswordHasher, OnePasswordHashesDifferentlyEachTime) {
  PasswordHasher hasher(cheap);
  EXPECT_NE(hasher.hash(password).value(), hasher.hash(password).value());
}

TEST(PasswordHasher, TheDefaultCostIsThatOfProduction) {
  PasswordHasher hasher;
  const std::string stored = hasher.hash(password).value();
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << stored;
  EXPECT_TRUE(hasher.verify(password, stored).value());
  EXPECT_FALSE(hasher.verify(password, std::nullopt).value());
}

TEST(PasswordHasher, AnUnknownUserIsAlwaysWrong) {
  PasswordHasher hasher(cheap);
  EXPECT_FALSE(hasher.verify(password, std::nullopt).value());
  EXPECT_FALSE(hasher.verify("", std::nullopt).value());
}

TEST(PasswordHasher, AHashOfAnotherCostIsVerifiedAndWantsToBeMadeAnew) {
  PasswordHasher before(cheap);
  PasswordHasher now({.memory_bytes = 128 * 1024, .passes = 2});
  const std::string stored = before.hash(password).value();
  EXPECT_TRUE(now.verify(password, stored).value());
  EXPECT_TRUE(now.needs_rehash(stored));
  EXPECT_FALSE(before.needs_rehash(stored));
  EXPECT_TRUE(now.needs_rehash("nonsense"));
}

TEST(PasswordHasher, AnEndlessPasswordIsWrongWithoutWork) {
  PasswordHasher hasher(cheap);
  const std::string stored = hasher.hash(password).value();
  EXPECT_FALSE(hasher.verify(std::string(1 << 20, 'x'), stored).value());
  EXPECT_TRUE(hasher.hash(std::string(1 << 20, 'x')).problem().is(errors::too_large));
}

TEST(PasswordHasher, ABrokenStoredHashIsNotAWrongPassword) {
  PasswordHasher hasher(cheap);
  for (const char* stored : {"", "plain", "$argon2i$v=19$m=64,t=1,p=1$c2FsdA$aGFzaA", "$argon2id$",
                             "$argon2id$v=19$m=64,t=1,p=1$broken"}) {
    EXPECT_THROW((void)hasher.verify(password, std::string(stored)), std::runtime_error) << stored;
  }
}

TEST(HashingGate, LetsSoManyRunSoManyWaitAndSendsTheRestAway) {
  HashingGate gate({.running_max = 2, .waiting_max = 3});
  std::optional<HashingGate::Pass> first(gate.enter().value());
  std::optional<HashingGate::Pass> second(gate.enter().value());
  std::atomic<int> inside = 0;
  std::atomic<int> inside_most = 0;
  std::vector<std::thread> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.emplace_back([&] {
      const auto pass = gate.enter();
      ASSERT_TRUE(pass.ok());
      const int now_inside = ++inside;
      for (int most = inside_most; most < now_inside;) {
        if (inside_most.compare_exchange_weak(most, now_inside)) break;
      }
      --inside;
    });
  }
  while (gate.waiting() < 3) std::this_thread::yield();
  EXPECT_EQ(inside, 0);
  EXPECT_TRUE(gate.enter().problem().is(errors::too_many_requests));
  first.reset();
  second.reset();
  for (auto& thread : waiting) thread.join();
  EXPECT_LE(inside_most, 2);
  EXPECT_EQ(gate.waiting(), 0u);
  EXPECT_TRUE(gate.enter().ok());
}

TEST(HashingGate, WhoCameFirstIsLetInFirst) {
  HashingGate gate({.running_max = 1, .waiting_max = 8});
  std::optional<HashingGate::Pass> holder(gate.enter().value());
  std::mutex mutex;
  std::vector<unsigned> order;
  std::vector<std::thread> waiting;
  for (unsigned i = 0; i < 8; ++i) {
    waiting.emplace_back([&, i] {
      const auto pass = gate.enter();
      const std::lock_guard lock(mutex);
      order.push_back(i);
    });
    while (gate.waiting() < i + 1) std::this_thread::yield();
  }
  holder.reset();
  for (auto& thread : waiting) thread.join();
  EXPECT_EQ(order, (std::vector<unsigned>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(PasswordHasher, AFloodIsRefusedAndTheRestAreAnswered) {
  PasswordHasher hasher({.memory_bytes = 4u << 20, .passes = 2},
                        {.running_max = 1, .waiting_max = 1});
  const std::string stored = hasher.hash(password).value();
  std::atomic<int> right = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const auto answer = hasher.verify(password, stored);
      if (answer.ok()) {
        right += answer.value();
      } else {
        refused += answer.problem().is(errors::too_many_requests);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right + refused, 16);
  EXPECT_GE(right, 1);
}

TEST(PasswordPolicy, SaysWhatIsWrongWithANewPassword) {
  struct Case {
    std::string password;
    std::vector<std::string> codes;
  };
  const Case cases[] = {
      {"", {"too_short"}},
      {"short", {"too_short"}},
      {"ก้าวไปข้าง", {"too_short"}},  // 10 code points in 30 bytes
      {"elevenchars", {"too_short"}},
      {"twelve chars", {}},
      {"ต้นไม้สี่ต้นริมคลอง", {}},
      {"correct horse battery staple", {}},
      {std::string(128, 'x') + "y", {"too_long"}},
      {"an ordinary sentence, made long: " + std::string(95, '-'), {}},
      {"Password1234", {"common_password"}},
      {"PASSWORDPASSWORD", {"common_password"}},
      {"รหัสผ่าน1234", {"common_password"}},
      {"123456789012", {"common_password"}},
      {"987654321098", {"common_password"}},
      {"qwertyuiopas", {"common_password"}},
      {"aaaaaaaaaaaa", {"common_password"}},
      {"abcabcabcabca", {"common_password"}},
      {"กขกขกขกขกขกข", {"common_password"}},
      {"I am Officer99 of old", {"contains_user_name"}},
      {"officer99", {"too_short", "contains_user_name"}},
      {"bad \xc3\x28 utf-8 text", {"malformed_text"}},
  };
  for (const auto& [text, codes] : cases) {
    std::vector<std::string> found;
    for (const auto& error : check_new_password(text, "officer99")) {
      found.push_back(error.code);
      EXPECT_EQ(error.pointer, "/password");
      EXPECT_FALSE(error.th.empty());
      EXPECT_FALSE(error.en.empty());
    }
    EXPECT_EQ(found, codes) << text;
  }
}

TEST(PasswordPolicy, AVeryShortUserNameIsNotLookedFor) {
  EXPECT_TRUE(check_new_password("twelve chars", "ch").empty());
  EXPECT_FALSE(check_new_password("twelve chars", "char").empty());
  EXPECT_EQ(check_new_password("twelve chars", "char", "/new_password")[0].pointer,
            "/new_password");
}

}  // namespace
}  // namespace changwat::auth
