#include "config/keys.h"

#include "config/fields.h"

namespace tidemark {
namespace {

template <class T>
void append(std::string_view section, const Fields<T>& fields, std::vector<KeyInfo>& out) {
  for (const FieldOf<T>& field : fields) {
    out.push_back({section, field.key, field.sample, field.required});
  }
}

std::vector<KeyInfo> gathered() {
  std::vector<KeyInfo> out;
  append("http", http_fields(), out);
  append("storage", storage_fields(), out);
  append("log", log_fields(), out);
  append("metrics", metrics_fields(), out);
  append("cluster", cluster_fields(), out);
  append("policy", policy_fields(), out);
  return out;
}

}  // namespace

const std::vector<KeyInfo>& known_keys() {
  static const std::vector<KeyInfo> keys = gathered();
  return keys;
}

std::string_view header_of(std::string_view section) {
  if (section == "http") return "[http]";
  if (section == "storage") return "[storage]";
  if (section == "log") return "[log]";
  if (section == "metrics") return "[metrics]";
  if (section == "cluster") return "[[cluster]]";
  return "[[policy]]";
}

}  // namespace tidemark
