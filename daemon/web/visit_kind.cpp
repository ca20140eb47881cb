#include "daemon/web/visit_kind.hpp"

#include "daemon/web/find_times.hpp"

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

std::string place_of(const Context& context, VisitKind kind) {
    return kind == VisitKind::physical ? place_of(context) : kind_word(context, kind);
}

}  // namespace portal::web
