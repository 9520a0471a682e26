// Values that only receivers have: addresses, secrets that may stand in files, lists of recipients,
// templates. Each reader leaves its target as it is if the value is wrong, and says so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/value.h"
#include "notifiers/receiver_settings.h"

namespace tidemark {

// The content of the file that the value names, without the newline at its end.
std::optional<std::string> read_secret_file(const ConfigValue& value);

void read_secret(const ConfigValue& value, Secret& target);
void read_secret_file(const ConfigValue& value, Secret& target);
void read_template_file(const ConfigValue& value, std::string& target);
void read_plain(const ConfigValue& value, std::string& target);  // one line, not empty
void read_url(const ConfigValue& value, std::string& target);
void read_secret_url(const ConfigValue& value, Secret& target);  // never cited
void read_secret_url_file(const ConfigValue& value, Secret& target);
void read_smtp_server(const ConfigValue& value, std::string& target);
void read_mail_address(const ConfigValue& value, std::string& target);
void read_mail_addresses(const ConfigValue& value, std::vector<std::string>& target);
void read_phone_numbers(const ConfigValue& value, std::vector<std::string>& target);
void read_urls(const ConfigValue& value, std::vector<std::string>& target);
void read_words(const ConfigValue& value, std::vector<std::string>& target);  // a list, not empty
void read_headers(const ConfigValue& value, Headers& target);
void read_labels(const ConfigValue& value, std::map<std::string, std::string>& target);
void read_method(const ConfigValue& value, std::string& target);

}  // namespace tidemark
