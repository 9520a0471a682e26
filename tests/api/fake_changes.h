// Changes that are only written down.
#pragma once

#include <string>
#include <vector>

#include "api/changes.h"
#include "core/pattern.h"

namespace tidemark::test {

class FakeChanges final : public Changes {
 public:
  std::vector<std::string> done;  // "forget PROD payments by ops"
  std::vector<WantedSilence> silences;
  std::optional<Refusal> refusal;  // of all that is asked for

  // By cluster, group and kind alone.
  [[nodiscard]] Covers covering(const SilenceRow& matchers) const override {
    return [matchers](const IncidentRow& row) {
      const auto takes = [](const std::optional<std::string>& pattern, const std::string& text) {
        return !pattern || Pattern::compile(*pattern).value().matches(text);
      };
      return takes(matchers.cluster, row.cluster) && takes(matchers.group, row.group) &&
             takes(matchers.kind, row.kind);
    };
  }
  Changed<SilenceRow> add_silence(const WantedSilence& wanted) override {
    if (refusal) return *refusal;
    silences.push_back(wanted);
    done.push_back("silence by " + wanted.row.author);
    SilenceRow row = wanted.row;
    row.id = "s-1";
    row.begin = row.created = from_ms(1'700'000'000'000);
    row.end = wanted.span ? row.begin + *wanted.span : wanted.row.end;
    return row;
  }
  Changed<SilenceRow> end_silence(const std::string& id, const std::string& author) override {
    if (refusal) return *refusal;
    done.push_back("end " + id + " by " + author);
    SilenceRow row;
    row.id = id;
    return row;
  }
  Changed<IncidentRow> acknowledge(const AcknowledgementRow& row) override {
    if (refusal) return *refusal;
    done.push_back("acknowledge " + row.incident + " by " + row.author + ": " + row.comment);
    IncidentRow out;
    out.id = row.incident;
    out.acknowledged = row;
    return out;
  }
  std::optional<Refusal> forget_group(const std::string& cluster, const std::string& group,
                                      const std::string& author) override {
    if (refusal) return refusal;
    done.push_back("forget " + cluster + " " + group + " by " + author);
    return std::nullopt;
  }
  std::optional<Refusal> reload(const std::string& author) override {
    if (refusal) return refusal;
    done.push_back("reload by " + author);
    return std::nullopt;
  }
};

}  // namespace tidemark::test
