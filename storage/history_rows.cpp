#include "storage/history_rows.h"

#include "storage/history_codec.h"
#include "storage/history_schema.h"

namespace tidemark {

std::vector<Instant> instants_of(Database& database, std::int64_t group, Instant from, Instant to) {
  Statement question = database.prepare(
      "SELECT at FROM instants WHERE cluster = (SELECT cluster FROM groups WHERE id = ?1)"
      " AND at >= ?2 AND at < ?3 ORDER BY at");
  question.bind(1, group).bind(2, to_ms(from)).bind(3, to_ms(to));
  std::vector<Instant> out;
  while (question.step()) out.push_back(from_ms(question.number(0)));
  return out;
}

std::string block_of_group(Database& database, std::int64_t group, Instant hour,
                           const std::vector<Instant>& instants) {
  std::string out;
  Statement block = database.prepare("SELECT bytes FROM blocks WHERE key = ?1");
  if (block.bind(1, history_key(hour, block_unit, group)).step()) out = block.bytes(0);
  Statement pieces = database.prepare("SELECT bytes FROM pieces WHERE key = ?1");
  for (const Instant at : instants) {
    if (pieces.bind(1, history_key(at, piece_unit, group)).step()) out += pieces.bytes(0);
    pieces.reset();
  }
  return out;
}

bool each_sample(Instant block, std::string_view bytes, const std::vector<Instant>& instants,
                 const std::function<void(const GroupSample&)>& each) {
  HistoryDecoder decoder(block);
  GroupSample sample;  // as of the piece before the one that the decoder is at
  bool begun = false;
  bool ahead = false;  // the decoder's piece is of an instant to come
  for (const Instant at : instants) {
    while (ahead || !bytes.empty()) {
      if (!ahead && !decoder.next(bytes)) {
        if (begun && sample.at == at) each(sample);
        return false;
      }
      ahead = decoder.sample().at > at;
      if (ahead) break;
      sample = decoder.sample();
      begun = true;
    }
    if (!begun) continue;
    sample.at = at;
    each(sample);
  }
  return true;
}

}  // namespace tidemark
