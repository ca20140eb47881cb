#include "text/templates.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary_interface.h>

#include <array>
#include <deque>
#include <map>
#include <stdexcept>
#include <vector>

#include "text/template_source.hpp"

namespace portal::text {
namespace {

using base::FieldInfo;
using base::Kind;
using base::TypeInfo;

/// Where a marker's value lies: `up` records out, then `field`; no field: the record itself
/// ({{it}}).
struct Step {
    int up = 0;
    const FieldInfo* field = nullptr;
    const TypeInfo* type = nullptr;
    bool opens_record = false;  // what stands inside is looked up in its value first
    [[nodiscard]] const void* get(const void* record) const {
        return field == nullptr ? record : field->get(record);
    }
};
using Plan = std::vector<Step>;  // by the marker's number

bool is_shown(const TypeInfo& type, const void* value) {
    switch (type.kind) {
        case Kind::boolean:
            return type.get_integer(value) != 0;
        case Kind::list:
            return type.size(value) > 0;
        case Kind::optional:
        case Kind::patch:
            return type.get(value) != nullptr;
        case Kind::text:
            if (&type == &base::type_of<std::string>())
                return !static_cast<const std::string*>(value)->empty();
            return !type.get_text(value).empty();
        case Kind::record:
        case Kind::integer:
            break;
    }
    return true;
}

bool is_printable(const TypeInfo& type) {
    if (type.kind == Kind::optional) return is_printable(*type.element);
    return type.kind == Kind::text || type.kind == Kind::integer;
}

/// What ctemplate sees of a record: each look-up goes straight to the record's field.
class Scope final : public ctemplate::TemplateDictionaryInterface {
  public:
    struct Frame {
        const Plan& plan;
        const std::vector<Marker>& markers;
        std::deque<std::string> texts;  // values made while rendering; they live until its end
    };
    Scope(Frame& frame, const Scope* parent, const void* record)
        : frame_(frame), parent_(parent), record_(record) {}
    void aim(const void* record) { record_ = record; }

  protected:
    ctemplate::TemplateString GetValue(const ctemplate::TemplateString& name) const override {
        const auto& step = frame_.plan[number(name)];
        const void* value = find(step);
        if (step.type == &base::type_of<std::string>()) {
            const auto& text = *static_cast<const std::string*>(value);
            return {text.data(), text.size()};
        }
        const auto& text = frame_.texts.emplace_back(base::value_text(*step.type, value));
        return {text.data(), text.size()};
    }
    bool IsHiddenSection(const ctemplate::TemplateString& name) const override {
        const auto n = number(name);
        const auto& step = frame_.plan[n];
        return is_shown(*step.type, find(step)) == (frame_.markers[n].kind == Marker::none);
    }
    bool IsUnhiddenSection(const ctemplate::TemplateString& name) const override {
        return !IsHiddenSection(name);
    }
    Iterator* CreateSectionIterator(const ctemplate::TemplateString& name) const override;
    bool IsHiddenTemplate(const ctemplate::TemplateString&) const override { return true; }
    const char* GetIncludeTemplateName(const ctemplate::TemplateString&, int) const override {
        return "";
    }
    Iterator* CreateTemplateIterator(const ctemplate::TemplateString&) const override;
    void DumpToString(std::string*, int) const override {}

  private:
    class Once;   // this record once more
    class Inner;  // a record inside it
    class Items;  // each item of a list

    static std::size_t number(const ctemplate::TemplateString& name) {
        std::size_t n = 0;
        for (std::size_t i = 1; i < name.size(); ++i)
            n = n * 10 + static_cast<std::size_t>(name.data()[i] - '0');
        return n;
    }
    [[nodiscard]] const void* find(const Step& step) const {
        const Scope* scope = this;
        for (int i = 0; i < step.up; ++i) scope = scope->parent_;
        return step.get(scope->record_);
    }

    Frame& frame_;
    const Scope* parent_;
    const void* record_;
};

class Scope::Once final : public Iterator {
  public:
    explicit Once(const Scope& scope) : scope_(scope) {}
    bool HasNext() const override { return left_; }
    const TemplateDictionaryInterface& Next() override {
        left_ = false;
        return scope_;
    }

  private:
    const Scope& scope_;
    bool left_ = true;
};

class Scope::Inner final : public Iterator {
  public:
    Inner(const Scope& around, const void* record) : scope_(around.frame_, &around, record) {}
    bool HasNext() const override { return left_; }
    const TemplateDictionaryInterface& Next() override {
        left_ = false;
        return scope_;
    }

  private:
    Scope scope_;
    bool left_ = true;
};

class Scope::Items final : public Iterator {
  public:
    Items(const Scope& around, const TypeInfo& type, const void* list)
        : scope_(around.frame_, &around, nullptr), type_(type), list_(list) {}
    bool HasNext() const override { return next_ < type_.size(list_); }
    const TemplateDictionaryInterface& Next() override {
        scope_.aim(type_.item(list_, next_++));
        return scope_;
    }

  private:
    Scope scope_;
    const TypeInfo& type_;
    const void* list_;
    std::size_t next_ = 0;
};

// ctemplate deletes what it is given here.
Scope::Iterator* Scope::CreateSectionIterator(const ctemplate::TemplateString& name) const {
    const auto& step = frame_.plan[number(name)];
    if (!step.opens_record) return new Once{*this};
    const void* value = find(step);
    if (step.type->kind == Kind::list) return new Items{*this, *step.type, value};
    return new Inner{*this, step.type->kind == Kind::optional ? step.type->get(value) : value};
}

Scope::Iterator* Scope::CreateTemplateIterator(const ctemplate::TemplateString&) const {
    return new Once{*this};
}

/// Finds each marker's field, from the innermost record outwards.
class Planner {
  public:
    Planner(const Source& source, const TypeInfo& view) : source_(source), view_(view) {}

    base::Result<Plan> run() {
        for (const auto& marker : source_.markers) {
            PORTAL_TRY(step, plan(marker));
            plan_.push_back(step);
        }
        return std::move(plan_);
    }

  private:
    // The types around a marker, innermost first: items and inner records, last the view.
    std::vector<const TypeInfo*> around(const Marker& marker) const {
        std::vector<const TypeInfo*> types;
        for (int at = marker.parent; at >= 0;) {
            const auto i = static_cast<std::size_t>(at);
            const auto* type = plan_[i].type;
            if (plan_[i].opens_record)
                types.push_back(type->kind == Kind::record ? type : type->element);
            at = source_.markers[i].parent;
        }
        types.push_back(&view_);
        return types;
    }

    base::Result<Step> plan(const Marker& marker) const {
        const auto types = around(marker);
        for (std::size_t up = 0; up < types.size(); ++up) {
            Step step{static_cast<int>(up), nullptr, types[up], false};
            if (marker.name == "it" && types[up]->kind != Kind::record) return step;
            step.field = base::find_field(*types[up], marker.name);
            if (step.field == nullptr) continue;
            step.type = step.field->type;
            return fit(marker, step);
        }
        return template_error(source_.name,
                              "'" + marker.name + "' is not in " + std::string{view_.name});
    }

    base::Result<Step> fit(const Marker& marker, Step step) const {
        const auto& type = *step.type;
        if (marker.kind == Marker::value && !is_printable(type))
            return template_error(source_.name, "'" + marker.name + "' cannot be printed");
        if (marker.kind != Marker::value && type.kind == Kind::integer)
            return template_error(source_.name, "'" + marker.name + "' is a number");
        step.opens_record = marker.kind == Marker::section &&
                            (type.kind == Kind::record || type.kind == Kind::list ||
                             (type.kind == Kind::optional && type.element->kind == Kind::record));
        return step;
    }

    const Source& source_;
    const TypeInfo& view_;
    Plan plan_;
};

struct Page {
    Source source;
    std::array<std::unique_ptr<ctemplate::Template>, kLanguages.size()> compiled;
    std::map<const TypeInfo*, Plan> plans;
};

base::Status compile(Page& page, const Catalogue& catalogue) {
    for (const auto language : kLanguages) {
        PORTAL_TRY(text, translate_source(page.source, catalogue, language));
        if (page.source.is_html()) PORTAL_TRYV(check_html(page.source.name, text));
        auto& slot = page.compiled.at(static_cast<std::size_t>(language));
        slot.reset(ctemplate::Template::StringToTemplate(text.data(), text.size(),
                                                         ctemplate::DO_NOT_STRIP));
        if (!slot || slot->state() != ctemplate::TS_READY)
            return template_error(page.source.name, "ctemplate refuses it");
    }
    return {};
}

}  // namespace

struct Templates::Impl {
    std::map<std::string, Page, std::less<>> pages;
};

Templates::Templates(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Templates::Templates(Templates&&) noexcept = default;
Templates& Templates::operator=(Templates&&) noexcept = default;
Templates::~Templates() = default;

base::Result<Templates> Templates::load(std::span<const EmbeddedFile> files,
                                        const Catalogue& catalogue) {
    SourceTexts texts;
    for (const auto& file : files) {
        const auto name = file.name.substr(0, file.name.rfind(".tpl"));
        texts.emplace(name, file.content);
    }
    auto impl = std::make_unique<Impl>();
    for (const auto& [name, text] : texts) {
        if (name.starts_with('_')) continue;  // only ever included
        PORTAL_TRY(source, parse_source(texts, name));
        auto& page = impl->pages[name];
        page.source = std::move(source);
        PORTAL_TRYV(compile(page, catalogue));
    }
    return Templates{std::move(impl)};
}

base::Status Templates::check(const std::string& name, const base::TypeInfo& view) {
    const auto found = impl_->pages.find(name);
    if (found == impl_->pages.end()) return template_error(name, "there is no such file");
    auto& page = found->second;
    PORTAL_TRY(plan, Planner{page.source, view}.run());
    page.plans[&view] = std::move(plan);
    return {};
}

std::string Templates::render(const std::string& name, Language language,
                              const base::TypeInfo& view, const void* value) const {
    const auto found = impl_->pages.find(name);
    if (found == impl_->pages.end()) throw std::logic_error("no template " + name);
    const auto& page = found->second;
    const auto plan = page.plans.find(&view);
    if (plan == page.plans.end()) throw std::logic_error("template not checked: " + name);
    Scope::Frame frame{plan->second, page.source.markers, {}};
    const Scope scope{frame, nullptr, value};
    std::string out;
    out.reserve(8192);
    if (!page.compiled.at(static_cast<std::size_t>(language))->Expand(&out, &scope))
        throw std::logic_error("template cannot be rendered: " + name);
    return out;
}

}  // namespace portal::text
