// How one meets, in the reader's words. Called by every page that names a kind of visit.
// Thread rule: one request. Source: C12.
#pragma once

#include <string>

#include "daemon/web/context.hpp"
#include "domain/visit_type.hpp"

namespace portal::web {

/// "Video visit", "By telephone".
std::string kind_word(const Context& context, domain::VisitKind kind);
/// Where one goes: the clinic and its address for a physical visit, else how one meets.
std::string place_of(const Context& context, domain::VisitKind kind);

}  // namespace portal::web
