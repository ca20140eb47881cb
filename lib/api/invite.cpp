#include "api/invite.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun invite_noun() {
    static constexpr std::array kRows{make_row(kInviteSend), make_row(kInviteList),
                                      make_row(kInviteCancel), make_row(kInviteLetter)};
    return {"invite", "invitations to log in, by mail and by letter", kRows};
}

}  // namespace portal::api
