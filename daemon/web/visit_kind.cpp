#include "daemon/web/visit_kind.hpp"

namespace portal::web {

using base::N_;
using domain::VisitKind;

std::string kind_word(const Context& context, VisitKind kind) {
    switch (kind) {
        case VisitKind::phone:
            return context.word(N_("By telephone"));
        case VisitKind::video:
            return context.word(N_("Video visit"));
        case VisitKind::video_group:
            return context.word(N_("Group visit by video"));
        case VisitKind::physical:
            break;
    }
    return context.word(N_("At the clinic"));
}

}  // namespace portal::web
