// One description of a record (Boost.Describe + PORTAL_HELP), many uses: JSON, flags, tables,
// pages, manuals. Type-erased by TypeInfo. Thread rule: immutable after first use.
//
//   struct CreateVisitType { std::string title; int duration_minutes = 0; };
//   BOOST_DESCRIBE_STRUCT(CreateVisitType, (), (title, duration_minutes))
//   PORTAL_HELP(CreateVisitType, {"title", "what patients read"},
//               {"duration_minutes", "length in minutes", 0, 1, 240})
#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"
#include "base/zone.hpp"

namespace portal::base {

enum FieldFlag : unsigned {
    kPersonal = 1U << 0U,    // personal data: never in logs
    kSecret = 1U << 1U,      // never shown, never in argv: --NAME-file or a prompt
    kFromFile = 1U << 2U,    // personal and not for argv: --NAME-file
    kMultiline = 1U << 3U,   // line ends allowed
    kDefaulted = 1U << 4U,   // may be absent: the struct's initial value stands
    kPositional = 1U << 5U,  // on the command line the NAME without a flag
    kWide = 1U << 6U,        // left out of tables unless asked for
    kDocument = 1U << 7U,    // of a result: a file's content, written to --out FILE, never shown
};

/// One field's help and limits. Text: min and max characters (default 1, not all white space, to
/// 200; 0 if kDefaulted); integer: least and greatest value (both 0: no limit).
struct FieldHelp {
    std::string_view name;
    std::string_view help;
    unsigned flags = 0;
    std::int64_t min = 0;
    std::int64_t max = 0;
};
inline constexpr std::int64_t kDefaultTextLimit = 200;

/// A field of a `set` record: absent leaves, null clears, a value replaces.
template <class T>
class Patch {
  public:
    using Value = T;
    Patch() = default;
    Patch(T value) : state_(State::value), value_(std::move(value)) {}
    static Patch null() {
        Patch patch;
        patch.state_ = State::null;
        return patch;
    }
    [[nodiscard]] bool is_absent() const { return state_ == State::absent; }
    [[nodiscard]] bool is_null() const { return state_ == State::null; }
    [[nodiscard]] bool has_value() const { return state_ == State::value; }
    [[nodiscard]] const T& value() const { return value_; }
    /// `current` changed as the patch says.
    [[nodiscard]] T apply(const T& current, const T& cleared = {}) const {
        return has_value() ? value_ : is_null() ? cleared : current;
    }
    T& emplace() {
        state_ = State::value;
        return value_;
    }
    bool operator==(const Patch&) const = default;

  private:
    enum class State { absent, null, value } state_ = State::absent;
    T value_{};
};

/// Specialise to give a type one text form: static std::string format(const T&) and
/// static Result<T> parse(std::string_view), and static constexpr std::string_view name.
template <class T>
struct TextForm;

enum class Kind { boolean, integer, text, record, list, optional, patch };

struct FieldInfo;
struct TypeInfo {
    Kind kind = Kind::text;
    std::string_view name;               // "text", "integer", "time", or the record's own
    std::vector<FieldInfo> fields{};     // record
    std::vector<std::string> choices{};  // enumeration (kind text)
    const TypeInfo* element = nullptr;   // list, optional, patch
    bool limits = false;                 // plain text: length and control checks
    std::string (*get_text)(const void*) = nullptr;  // text; record with a one-line form
    Status (*set_text)(void*, std::string_view) = nullptr;
    std::int64_t (*get_integer)(const void*) = nullptr;  // integer, boolean
    bool (*set_integer)(void*, std::int64_t) = nullptr;  // false: out of the type's range
    std::size_t (*size)(const void*) = nullptr;          // list
    const void* (*item)(const void*, std::size_t) = nullptr;
    void* (*append)(void*) = nullptr;
    const void* (*get)(const void*) = nullptr;  // optional, patch: nullptr when empty
    void* (*emplace)(void*) = nullptr;
    bool (*is_null)(const void*) = nullptr;  // patch: told to clear
    void (*set_null)(void*) = nullptr;
};

struct FieldInfo {
    FieldHelp help;
    const TypeInfo* type;
    const void* (*get)(const void*);
    void* (*edit)(void*);
    [[nodiscard]] bool has(FieldFlag flag) const { return (help.flags & flag) != 0; }
    /// Must stand in a command.
    [[nodiscard]] bool is_required() const {
        return !has(kDefaulted) && (type->kind == Kind::text || type->kind == Kind::integer ||
                                    type->kind == Kind::record);
    }
};

template <class T>
const TypeInfo& type_of();

namespace detail {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
concept HasTextForm = requires(const T& t, std::string_view s) {
    { TextForm<T>::format(t) } -> std::same_as<std::string>;
    { TextForm<T>::parse(s) } -> std::same_as<Result<T>>;
};
template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsPatch : std::false_type {};
template <class T>
struct IsPatch<Patch<T>> : std::true_type {};

template <class T>
const T& as(const void* p) {
    return *static_cast<const T*>(p);
}
template <class T>
T& as(void* p) {
    return *static_cast<T*>(p);
}

template <class T, std::size_t N>
constexpr bool help_fits(const std::array<FieldHelp, N>& help) {
    if (boost::mp11::mp_size<MembersOf<T>>::value != N) return false;
    bool fits = true;
    std::size_t i = 0;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
        fits =
            fits && i < N && help[i].name == std::string_view{member.name} && !help[i].help.empty();
        ++i;
    });
    return fits;
}

template <class T>
void give_text(TypeInfo& info) {
    info.name = TextForm<T>::name;
    info.get_text = [](const void* p) { return TextForm<T>::format(as<T>(p)); };
    info.set_text = [](void* p, std::string_view text) -> Status {
        auto parsed = TextForm<T>::parse(text);
        if (!parsed) return std::move(parsed).error();
        as<T>(p) = *std::move(parsed);
        return {};
    };
}

template <class T>
void give_string(TypeInfo& info) {  // std::string, Email, Phone, NationalId, Secret
    info.name = "text";
    info.limits = true;
    info.get_text = [](const void* p) -> std::string {
        if constexpr (std::same_as<T, std::string>)
            return as<T>(p);
        else
            return as<T>(p).reveal();
    };
    info.set_text = [](void* p, std::string_view text) -> Status {
        as<T>(p) = T{std::string{text}};
        return {};
    };
}

std::string enumerator_text(std::string_view name);  // '_' becomes '-'
Error unknown_choice(std::string_view text, const std::vector<std::string>& choices);

template <class T>
void give_enumeration(TypeInfo& info) {
    using All = boost::describe::describe_enumerators<T>;
    info.name = "choice";
    boost::mp11::mp_for_each<All>([&](auto e) { info.choices.push_back(enumerator_text(e.name)); });
    info.get_text = [](const void* p) {
        std::string text;
        boost::mp11::mp_for_each<All>([&](auto e) {
            if (e.value == as<T>(p)) text = enumerator_text(e.name);
        });
        return text;
    };
    info.set_text = [](void* p, std::string_view text) -> Status {
        bool found = false;
        boost::mp11::mp_for_each<All>([&](auto e) {
            if (enumerator_text(e.name) != text) return;
            as<T>(p) = e.value;
            found = true;
        });
        if (!found) return unknown_choice(text, type_of<T>().choices);
        return {};
    };
}

template <class T>
void give_integer(TypeInfo& info) {
    info.name = std::same_as<T, bool> ? "yes or no" : "number";
    info.get_integer = [](const void* p) { return static_cast<std::int64_t>(as<T>(p)); };
    info.set_integer = [](void* p, std::int64_t value) {
        if constexpr (!std::same_as<T, bool>)
            if (!std::in_range<T>(value)) return false;
        as<T>(p) = static_cast<T>(value);
        return true;
    };
}

template <class T>
void give_list(TypeInfo& info) {
    using Element = typename T::value_type;
    info.name = "list";
    info.element = &type_of<Element>();
    info.size = [](const void* p) { return as<T>(p).size(); };
    info.item = [](const void* p, std::size_t i) -> const void* { return &as<T>(p)[i]; };
    info.append = [](void* p) -> void* { return &as<T>(p).emplace_back(); };
}

template <class T>
void give_optional(TypeInfo& info) {
    if constexpr (IsPatch<T>::value) {
        info.element = &type_of<typename T::Value>();
        info.get = [](const void* p) -> const void* {
            return as<T>(p).has_value() ? &as<T>(p).value() : nullptr;
        };
        info.is_null = [](const void* p) { return as<T>(p).is_null(); };
        info.set_null = [](void* p) { as<T>(p) = T::null(); };
    } else {
        info.element = &type_of<typename T::value_type>();
        info.get = [](const void* p) -> const void* { return as<T>(p) ? &*as<T>(p) : nullptr; };
        info.is_null = [](const void* p) { return !as<T>(p); };
        info.set_null = [](void* p) { as<T>(p).reset(); };
    }
    info.name = info.element->name;
    info.emplace = [](void* p) -> void* { return &as<T>(p).emplace(); };
}

template <class T, class Member>
const void* get_member(const void* p) {
    return &(as<T>(p).*Member::pointer);
}
template <class T, class Member>
void* edit_member(void* p) {
    return &(as<T>(p).*Member::pointer);
}

template <class T>
void give_record(TypeInfo& info) {
    const auto help = portal_help(static_cast<const T*>(nullptr));
    info.name = portal_name(static_cast<const T*>(nullptr));
    std::size_t i = 0;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
        using Member = decltype(member);
        using Value = std::remove_cvref_t<decltype(std::declval<T&>().*Member::pointer)>;
        info.fields.push_back(
            {help[i++], &type_of<Value>(), &get_member<T, Member>, &edit_member<T, Member>});
    });
}

template <class T>
TypeInfo make_type() {
    TypeInfo info;
    if constexpr (IsList<T>::value) {
        info.kind = Kind::list;
        give_list<T>(info);
    } else if constexpr (IsOptional<T>::value || IsPatch<T>::value) {
        info.kind = IsPatch<T>::value ? Kind::patch : Kind::optional;
        give_optional<T>(info);
    } else if constexpr (Described<T>) {
        info.kind = Kind::record;
        if constexpr (HasTextForm<T>) give_text<T>(info);
        give_record<T>(info);
    } else if constexpr (HasTextForm<T>) {
        give_text<T>(info);
    } else if constexpr (std::is_enum_v<T>) {
        give_enumeration<T>(info);
    } else if constexpr (std::integral<T>) {
        info.kind = std::same_as<T, bool> ? Kind::boolean : Kind::integer;
        give_integer<T>(info);
    } else {
        give_string<T>(info);
    }
    return info;
}

}  // namespace detail

/// The description of T; made once.
template <class T>
const TypeInfo& type_of() {
    static const TypeInfo info = detail::make_type<T>();
    return info;
}

/// Parses one field's text into it (command line, form, TOML): whole types, limits, choices; a
/// list's text is one more item, "null" is nothing special. The error has no field name.
Status set_field_text(const FieldInfo& field, void* record, std::string_view text);
/// The same checks for a text already decoded. `type` is of kind text.
Status check_text(const FieldHelp& help, const TypeInfo& type, std::string_view text);
Status check_integer(const FieldHelp& help, std::int64_t value);
/// A scalar's text ("yes"/"no" for booleans, empty for an absent one; a list joined by ", ").
std::string value_text(const TypeInfo& type, const void* value);
const FieldInfo* find_field(const TypeInfo& record, std::string_view name);

template <>
struct TextForm<Instant> {
    static constexpr std::string_view name = "time";
    static std::string format(const Instant& at) { return format_instant(at); }
    static Result<Instant> parse(std::string_view text) { return parse_instant(text); }
};
template <>
struct TextForm<Uuid> {
    static constexpr std::string_view name = "id";
    static std::string format(const Uuid& id) { return format_uuid(id); }
    static Result<Uuid> parse(std::string_view text) { return parse_uuid(text); }
};
template <>
struct TextForm<LocalDay> {
    static constexpr std::string_view name = "date";
    static std::string format(const LocalDay& day) { return format_day(day); }
    static Result<LocalDay> parse(std::string_view text) { return parse_day(text); }
};

}  // namespace portal::base

/// Help for every described member, in order; a missing or misspelt line does not compile.
#define PORTAL_HELP(Type, ...)                                                                   \
    constexpr auto portal_help(const Type*) {                                                    \
        return std::to_array<::portal::base::FieldHelp>({__VA_ARGS__});                          \
    }                                                                                            \
    constexpr std::string_view portal_name(const Type*) {                                        \
        return #Type;                                                                            \
    }                                                                                            \
    static_assert(                                                                               \
        ::portal::base::detail::help_fits<Type>(portal_help(static_cast<const Type*>(nullptr))), \
        "PORTAL_HELP(" #Type ") must name every member of the struct, in order");
/// Declares and describes a record without fields.
#define PORTAL_NO_FIELDS(Type)                                                    \
    struct Type {};                                                               \
    BOOST_DESCRIBE_STRUCT(Type, (), ())                                           \
    constexpr std::array<::portal::base::FieldHelp, 0> portal_help(const Type*) { \
        return {};                                                                \
    }                                                                             \
    constexpr std::string_view portal_name(const Type*) {                         \
        return #Type;                                                             \
    }
