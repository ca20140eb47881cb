#include "api/policy.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun policy_noun() {
    static constexpr std::array kRows{make_row(kPolicySet), make_row(kPolicyShow),
                                      make_row(kPolicyExplain)};
    return {"policy", "who may log in at a clinic, and how", kRows};
}

}  // namespace portal::api
