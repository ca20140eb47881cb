// The providers that exist, made from their settings. Called when the daemon starts.
// Thread rule: the makers may be called from any thread; see provider.hpp for what they make.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/personal.hpp"
#include "base/result.hpp"
#include "net/mail.hpp"
#include "outbox/provider.hpp"

namespace portal::outbox {

/// Files <public id>.eml or .json in a folder of mode 0700; for demos and tests.
struct SpoolOptions {
    std::filesystem::path folder;  // made when absent
    std::string channel;           // "email" or "sms"
};
/// Invalid when the folder cannot be made or others may look into it.
base::Result<std::unique_ptr<Provider>> make_spool(const SpoolOptions& options);

struct SmtpProviderOptions {
    net::SmtpOptions server;
    std::string envelope_from;
};
std::unique_ptr<Provider> make_smtp(SmtpProviderOptions options);

/// A gateway that takes a POST of {to, from, text, id} and a bearer token.
struct HttpSmsOptions {
    std::string url;
    bool form = false;  // application/x-www-form-urlencoded in place of JSON
    base::Secret token;
    std::string from;
    std::string id_pointer = "/id";  // JSON pointer to the gateway's id in its answer
    std::string key_header = "Idempotency-Key";
    bool honours_key = false;  // the gateway drops what comes twice with the same key
    std::string ca_file;
    base::Millis timeout{20'000};
};
std::unique_ptr<Provider> make_http_sms(HttpSmsOptions options);

}  // namespace portal::outbox
