// The reasons of verdicts in plain words, for the sentence that stands first.

const GROUP = {
  no_data: 'Nothing is known of it yet: no commit was seen.',
  monitor_stale: 'Tidemark cannot see it well enough at the moment: this is the verdict from before.',
  beyond_log_end: 'Its commits are beyond the end of the log: they are of a topic that no longer is.',
  data_loss: 'Records were deleted by retention before it read them.',
  caught_up: 'It has read everything there is.',
  topic_left: 'It has left the topic: no member reads it any more.',
  blocked_by_transaction: 'It waits for a transaction to end: nothing behind it can be read yet.',
  abandoned: 'Nobody has read here for a very long time, and records wait.',
  stopped: 'It has stopped reading: no commit comes, and records wait.',
  rewind: 'It went back, and reads again what it had read before.',
  stalled: 'It is stuck: it commits the same offset again and again, and records wait.',
  falling_behind: 'It reads, but later and later.',
  warming_up: 'It reads. What is usual for it is not known yet.',
  catching_up: 'It is behind, and catching up.',
  keeping_up: 'It reads what arrives.',
  never_committed: 'It has members, and has never committed an offset.',
  share_group: 'It is a share group whose progress cannot be read.',
  stop: 'It has stopped reading: no commit comes, and records wait.',
  stall: 'It is stuck: it commits the same offset again and again.',
  warn: 'It reads, but its lag never gets smaller.',
  ok: 'It reads what arrives.',
};

export const inPlainWords = (reason) => GROUP[reason] ?? '';

export const CONDITIONS = {
  data_loss: 'records were lost to retention',
  over_max_time_lag: 'later than its team has promised',
  retention_risk: 'unread records will soon be deleted',
  unsubscribed: 'records arrive that no member reads',
  rebalancing: 'it rebalances again and again',
};
