#include "config/config.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/encoding.hpp"
#include "catch.hpp"
#include "config/settings_table.hpp"

using namespace portal;
using Catch::Contains;

namespace {

std::string refusal(std::string_view text) {
    const auto settings = config::parse(text, "p.toml");
    return settings ? "accepted" : base::describe(settings.error());
}

std::string file_text(const std::string& name) {
    std::ifstream in{name};
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// The errors of settings that must fit each other, "field", in a build without test hooks.
std::vector<std::string> misfits(const std::string& text) {
    std::vector<std::string> fields;
    config::Settings settings;
    const auto parsed = config::parse(text, "p.toml");
    REQUIRE(parsed);
    for (const auto& error : config::check_together(*parsed, false)) fields.push_back(error.field);
    return fields;
}

}  // namespace

TEST_CASE("an empty file is a whole one, with every default") {
    const auto settings = config::parse("", "p.toml");
    REQUIRE(settings);
    CHECK(config::summary(*settings) == config::summary(config::defaults()));
    CHECK(settings->database.url.reveal() == "sqlite:/var/lib/portal/portal.db");
    CHECK(config::format_listen(settings->http.listen) == "127.0.0.1:8080");
    CHECK(settings->http.max_connections_per_address == 50);
    CHECK(settings->login.steps_per_account == 10);
    CHECK(settings->login.code_attempts == 5);
    REQUIRE(settings->admin.allow.size() == 2);
    CHECK(config::format_admin_rule(settings->admin.allow[1]) == "uid:self=write");
    CHECK(config::check_together(*settings, false).empty());
}

TEST_CASE("each kind of value is read") {
    const auto settings = config::parse(R"(
database.url = "postgresql://portal@db/portal"
[http]
listen = "[::1]:9000"
public_scheme = "http"
burst = 7
trusted_proxies = ["10.0.0.0/8",
                   "::1"]
[admin]
allow = ["group:portal-admin=read"]
test_clock = "2026-11-21T22:00:00Z"
[mail]
sender = "spool"
[log]
level = "debug"
[demo]
enabled = true
)",
                                        "p.toml");
    REQUIRE(settings);
    CHECK(settings->http.listen == config::Listen{"::1", 9000});
    CHECK(settings->http.public_scheme == config::Scheme::http);
    CHECK(settings->http.burst == 7);
    REQUIRE(settings->http.trusted_proxies.size() == 2);
    CHECK(settings->http.trusted_proxies[0].contains("10.200.3.4"));
    REQUIRE(settings->admin.allow.size() == 1);
    CHECK_FALSE(settings->admin.allow[0].write);
    CHECK(settings->admin.test_clock == *base::parse_instant("2026-11-21T22:00:00Z"));
    CHECK(settings->mail.sender == config::MailSender::spool);
    CHECK(settings->log.level == base::LogLevel::debug);
    CHECK(settings->demo.enabled);
}

TEST_CASE("a wrong setting is refused with its line, column and name") {
    CHECK(refusal("[http]\nlisen = \"x\"\n") == "p.toml:2:1: http.lisen: is unknown");
    CHECK(refusal("[htp]\n") == "p.toml:1:2: htp: is unknown");
    CHECK(refusal("http = 3") == "p.toml:1:8: http: Write a table here.");
    CHECK(refusal("[http]\nburst = \"7\"") == "p.toml:2:9: http.burst: Write a whole number here.");
    CHECK(refusal("[http]\nburst = 7.0") == "p.toml:2:9: http.burst: Write a whole number here.");
    CHECK(refusal("[http]\nburst = 0") ==
          "p.toml:2:9: http.burst: Write a number from 1 to 1000000.");
    CHECK(refusal("[http]\nburst = 9223372036854775807") ==
          "p.toml:2:9: http.burst: Write a number from 1 to 1000000.");
    CHECK(refusal("[http]\nlisten = 8080") ==
          "p.toml:2:10: http.listen: Write text here, in quotes.");
    CHECK_THAT(refusal("[http]\nlisten = \"8080\""),
               Contains("p.toml:2:10: http.listen: Write an"));
    CHECK(refusal("[demo]\nenabled = 1") == "p.toml:2:11: demo.enabled: Write true or false here.");
    CHECK(refusal("[admin]\nallow = \"uid:0=write\"") ==
          "p.toml:2:9: admin.allow: Write a list here, in [ ].");
    CHECK_THAT(refusal("[admin]\nallow = [\"uid:0=write\",\n \"root\"]"),
               Contains("p.toml:3:2: admin.allow: Write who=scope"));
    CHECK(refusal("[log]\nformat = \"xml\"") ==
          "p.toml:2:10: log.format: 'xml' is not one of: json, text.");
    CHECK(refusal("[keys]\nfile = \"kek\"") ==
          "p.toml:2:8: keys.file: Write a path that begins with /.");
    CHECK(refusal("[http]\nbase_domain = \"\"") ==
          "p.toml:2:15: http.base_domain: Write something here.");
    CHECK(refusal("[http]\nbase_domain = \"a\\nb\"") ==
          "p.toml:2:15: http.base_domain: There are characters here that cannot be shown.");
    CHECK_THAT(refusal("[admin]\ntest_clock = \"2026-02-30T00:00:00Z\""),
               Contains("p.toml:2:14: admin.test_clock: "));
}

TEST_CASE("a sender's name that a provider would refuse is refused", "[X2]") {
    for (const auto* bad : {"Ål; x!", "TwelveLetter", "12345", " ", "+0123"})
        CHECK_THAT(refusal("[sms]\nsender_name = \"" + std::string{bad} + "\""),
                   Contains("p.toml:2:15: sms.sender_name: Write "));
    for (const auto* good : {"Portal", "Solna 1", "+46701740605", "+123456789012345"})
        CHECK(refusal("[sms]\nsender_name = \"" + std::string{good} + "\"") == "accepted");
}

TEST_CASE("the admin socket's group has a default and may be none", "[C52]") {
    CHECK(config::defaults().admin.group == "portal-admin");
    const auto settings = config::parse("[admin]\ngroup = \"\"", "p.toml");
    REQUIRE(settings);
    CHECK(settings->admin.group.empty());
}

TEST_CASE("all problems of a file are told, in its order") {
    CHECK(refusal("[http]\nx = 1\nburst = 0\n[log]\nlevel = 1\n") ==
          "p.toml:2:1: http.x: is unknown\n"
          "p.toml:3:9: http.burst: Write a number from 1 to 1000000.\n"
          "p.toml:5:9: log.level: Write text here, in quotes.");
}

TEST_CASE("malformed TOML is refused with its line, and nothing crashes") {
    struct Case {
        std::string text;
        const char* place;
    };
    std::string dotted = "a";
    for (int i = 0; i < 200; ++i) dotted += ".a";
    std::string deep = "[" + dotted + "]\n";
    for (int i = 0; i < 900; ++i) deep += dotted + std::to_string(i) + " = 1\n";
    std::string braces;
    for (int i = 0; i < 60; ++i) braces += "a=[\n{" + dotted + "=[\n{";
    const std::vector<Case> cases{
        {"[", ":1:"},
        {std::string("[\0\0", 3), ":1:2"},
        {std::string("a=1\n[\0\0]", 9), ":2:2"},
        {"d=2026-03-2\xc7\xab", ":1:"},
        {"d = 2026-02-30", ":1:"},
        {"a = \xc3\xa5", ":1:"},
        {"\xc3\xa5 = 1", ":1:"},
        {"[http]\nburst = \xc3\xa5\n", ":2:"},
        {"\xff\xfe[\0", ":1:"},
        {"[http]\n[http]\n", ":2:"},
        {"[http]\nburst = 1\nburst = 2\n", ":3:"},
        {"http.burst = nan", ":1:"},
        {"http.burst = inf", ":1:"},
        {"http.burst = 1e999", ":1:"},
        {"http.burst = 9223372036854775808", ":1:"},
        {"http.burst = 0x", ":1:"},
        {"http.burst = 01", ":1:"},
        {"http.burst = 1__0", ":1:"},
        {"http.listen = \"", ":1:"},
        {"http.listen = \"\"\"", ":1:"},
        {"http.listen = \"\\ud800\"", ":1:"},
        {"http.listen = \"\\U00110000\"", ":1:"},
        {"http.listen = '\x01'", ":1:"},
        {"http.listen = \"\xc0\xaf\"", ":1:"},
        {"= 1", ":1:"},
        {"a.", ":1:"},
        {"a.b", ":1:"},
        {".a = 1", ":1:"},
        {"[]", ":1:"},
        {"[[]]", ":1:"},
        {"[[http]]", ":1:"},
        {"[a", ":1:"},
        {"a = [1,", ":1:"},
        {"a = {b = 1", ":1:"},
        {"a = {b = 1\n}", ":1:"},
        {"a = 12:00:61", ":1:"},
        {"a = 2026-01-01T00:00:00+99:99", ":1:"},
        {dotted + " = 1", ":1:1: a: is unknown"},
        {deep, ":1:2: a: is unknown"},
        {braces, ":"},
        {"a = " + std::string(900, '['), ":1:"},
        {"a = " + std::string(900, '{'), ":1:"},
        {std::string(900, '['), ":1:"},
        {"a" + std::string(2000, '.'), ":1:1: The line is longer than 1000 characters."},
        {std::string(1'000'000, '\n') + "x", ":1000001:"},
    };
    for (const auto& [text, place] : cases) {
        CAPTURE(text.substr(0, 60), place);
        CHECK_THAT(refusal(text), Catch::StartsWith(std::string{"p.toml"} + place));
    }
}

TEST_CASE("a text cut or altered anywhere never crashes the reader") {
    const auto whole = config::example();
    std::string text;
    for (const auto line : base::split(whole, '\n'))
        if (line.starts_with('#') && !line.starts_with("# ") && !line.ends_with('='))
            text.append(line.substr(1)).append("\n");
        else if (line.starts_with('['))
            text.append(line).append("\n");
    const std::string_view odd("\0[]{}\"'=.,#\\\n\xc3\xa5\xff-:T5", 21);
    int refused = 0;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        auto altered = text;
        altered[i] = odd[i / 3 % odd.size()];
        refused += config::parse(altered, "p.toml") ? 0 : 1;
        refused += config::parse(std::string_view{text}.substr(0, i), "p.toml") ? 0 : 1;
    }
    CHECK(refused > 100);
}

TEST_CASE("settings that do not fit each other are refused at their place", "[C50]") {
    CHECK_THAT(refusal("[mail]\nurl = \"smtp://mail.example:587\"\nstarttls = \"none\"\n"),
               Contains("p.toml:3:12: mail.starttls: Mail leaves this machine encrypted only"));
    CHECK_THAT(refusal("[mail]\nurl = \"smtp://mail.example:587\"\n"),
               Contains("p.toml: mail.starttls: "));
    CHECK(refusal("[mail]\nurl = \"smtp://mail.example:587\"\nstarttls = \"required\"\n") ==
          "accepted");
    CHECK(refusal("[mail]\nurl = \"smtps://mail.example\"\n") == "accepted");
    CHECK(refusal("[mail]\nurl = \"smtp://[::1]:2525/name\"\n") == "accepted");
    for (const char* url : {"", "mail.example", "http://x", "smtp://", "smtps://me:pw@host:465",
                            "smtp://me:pw@127.0.0.1"})
        CHECK_THAT(refusal("[mail]\nurl = \"" + std::string{url} + "\"\n"), Contains("mail.url"));
    CHECK_THAT(refusal("[mail]\nuser = \"me\"\n"), Contains("mail.password_file"));
    for (const char* from : {"x", "@x.se", "a@", "a@b@c.se", "a b@c.se", "a@c_.se", "<a@b.se>"})
        CHECK_THAT(refusal("[mail]\nfrom = \"" + std::string{from} + " \"\n"),
                   Contains("mail.from"));
    CHECK_THAT(refusal("[sms]\nsender = \"http\"\n"), Contains("sms.url"));
    CHECK_THAT(refusal("[sms]\nsender = \"http\"\nurl = \"http://sms.example/\"\n"),
               Contains("encrypted only"));
    CHECK(refusal("[sms]\nsender = \"http\"\nurl = \"http://127.0.0.1:99/s\"\n") == "accepted");
    CHECK_THAT(refusal("[http]\nlisten = \"0.0.0.0:80\"\n"), Contains("p.toml:2:10: http.listen"));
    CHECK(refusal("[http]\nlisten = \"0.0.0.0:80\"\ntrusted_proxies = [\"10.0.0.1\"]") ==
          "accepted");
    CHECK_THAT(refusal("[metrics]\nlisten = \"10.0.0.1:80\"\n"), Contains("metrics.listen"));
    CHECK_THAT(refusal("[database]\nurl = \"mysql://x\"\n"), Contains("database.url"));
    CHECK_THAT(refusal("[database]\nurl = \"sqlite:portal.db\"\n"), Contains("database.url"));
    CHECK_THAT(refusal("[keys]\nfile = \"\"\n"), Contains("keys.file"));
    CHECK_THAT(refusal("[outbox]\nlease_seconds = 10\n"), Contains("outbox.lease_seconds"));
    CHECK_THAT(refusal("[login]\nstaff_idle_minutes = 60\nstaff_absolute_minutes = 30\n"),
               Contains("login.staff_idle_minutes"));
    for (const char* host : {".x", "x.", "a..b", "A.se", "a_b", "-a", "a/b", "a:1"})
        CHECK_THAT(refusal("[http]\nbase_domain = \"" + std::string{host} + "\"\n"),
                   Contains("http.base_domain"));
}

TEST_CASE("without test hooks the spool, plain links and a settable clock need demo or are refused",
          "[K29]") {
    using Fields = std::vector<std::string>;
    CHECK(misfits("mail.sender = \"spool\"") == Fields{"mail.sender"});
    CHECK(misfits("sms.sender = \"spool\"") == Fields{"sms.sender"});
    CHECK(misfits("http.public_scheme = \"http\"") == Fields{"http.public_scheme"});
    CHECK(misfits("admin.test_clock = \"2026-11-21T22:00:00Z\"") == Fields{"admin.test_clock"});
    CHECK(misfits("demo.enabled = true\nmail.sender = \"spool\"\nsms.sender = \"spool\"\n"
                  "http.public_scheme = \"http\"\n")
              .empty());
    CHECK(misfits("demo.enabled = true\nadmin.test_clock = \"2026-11-21T22:00:00Z\"") ==
          Fields{"admin.test_clock"});
}

TEST_CASE("the example's lines are the defaults, every setting stands in it once") {
    const auto example = config::example();
    std::string uncommented;
    std::vector<std::string> names;
    std::string table;
    for (const auto line : base::split(example, '\n')) {
        if (line.starts_with('[')) {
            table = line.substr(1, line.size() - 2);
            uncommented.append(line).append("\n");
        }
        if (!line.starts_with('#') || line.starts_with("# ")) continue;
        names.push_back(table + "." + std::string{line.substr(1, line.find(' ') - 1)});
        if (!line.ends_with('=')) uncommented.append(line.substr(1)).append("\n");
    }
    CHECK(names == config::setting_names());
    CAPTURE(uncommented);
    CHECK(refusal(example) == "accepted");
    const auto settings = config::parse(uncommented, "etc/portald.toml");
    REQUIRE(settings);
    CHECK(config::summary(*settings) == config::summary(config::defaults()));
}

TEST_CASE("the example and the manual in the tree are what the table says") {
    CHECK(file_text("etc/portald.toml") == config::example());
    CHECK(file_text("man/portald.toml.5") == config::manual());
}

TEST_CASE("every setting has its row in the manual and every row its setting") {
    std::vector<std::string> rows;
    const auto manual = config::manual();
    for (const auto line : base::split(manual, '\n'))
        if (line.starts_with(".It Cm ")) rows.emplace_back(line.substr(7, line.find(' ', 7) - 7));
    CHECK(rows == config::setting_names());
}

TEST_CASE("every setting has a sentence of help and names what needs it") {
    for (const auto& table : config::settings_type().fields)
        for (const auto& field : table.type->fields) {
            CAPTURE(table.help.name, field.help.name);
            const auto [sentence, reason] = config::split_help(field.help.help);
            CHECK(sentence.ends_with('.'));
            CHECK_FALSE(reason.empty());
        }
}

TEST_CASE("the summary shows no password") {
    const auto settings = config::parse("database.url = \"postgresql://a:hemligt@db/x\"", "p");
    REQUIRE(settings);
    CHECK_THAT(config::summary(*settings), Contains("database.url = ***"));
    CHECK_THAT(config::summary(*settings), !Contains("hemligt"));
}

TEST_CASE("a settings file that everybody may write is refused, a readable password is told") {
    std::string folder = (std::filesystem::temp_directory_path() / "portal-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    const auto file = std::filesystem::path{folder} / "portald.toml";
    std::ofstream{file} << "database.url = \"postgresql://a:hemligt@db/x\"\n";
    std::vector<std::string> warnings;
    ::chmod(file.c_str(), 0640);
    CHECK(config::load(file, warnings));
    CHECK(warnings.empty());
    ::chmod(file.c_str(), 0644);
    CHECK(config::load(file, warnings));
    REQUIRE(warnings.size() == 1);
    CHECK_THAT(warnings[0], Contains("everybody can read the password") && !Contains("hemligt"));
    std::filesystem::create_symlink(file, folder + "/link");
    CHECK(config::load(folder + "/link", warnings));
    ::chmod(file.c_str(), 0666);
    CHECK_FALSE(config::load(file, warnings));
    ::chmod(file.c_str(), 0640);
    std::ofstream{file} << std::string(config::kFileLimit + 1, '\n');
    CHECK_FALSE(config::load(file, warnings));
    CHECK_FALSE(config::load(folder, warnings));
    const auto absent = config::load(folder + "/absent", warnings);
    REQUIRE_FALSE(absent);
    CHECK(absent.error().code == base::ErrorCode::not_found);
    std::filesystem::remove_all(folder);
}
