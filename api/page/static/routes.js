// Addresses: everything that can be looked at has one, in the part behind the '#'.
//   #/  #/groups  #/topics  #/events  #/rules/evaluation
//   #/incidents  #/incidents/ID  #/silences  #/silences/new  #/receivers
//   #/CLUSTER/groups/GROUP  #/CLUSTER/groups/GROUP/explain  #/CLUSTER/topics/TOPIC  #/CLUSTER/monitor

const encode = encodeURIComponent;

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const query = (values = {}) => {
  const kept = Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return kept.length ? `?${kept.map(([name, value]) => `${name}=${encode(value)}`).join('&')}` : '';
};

export const link = {
  overview: () => '#/',
  groups: (values) => `#/groups${query(values)}`,
  topics: (values) => `#/topics${query(values)}`,
  events: (values) => `#/events${query(values)}`,
  incidents: (values) => `#/incidents${query(values)}`,
  incident: (id) => `#/incidents/${encode(id)}`,
  silences: (values) => `#/silences${query(values)}`,
  silence: (values) => `#/silences/new${query(values)}`,
  receivers: () => '#/receivers',
  rules: (page = 'evaluation', values = {}) => `#/rules/${page}${query(values)}`,
  group: (cluster, group, values) => `#/${encode(cluster)}/groups/${encode(group)}${query(values)}`,
  explain: (cluster, group, values) => `#/${encode(cluster)}/groups/${encode(group)}/explain${query(values)}`,
  topic: (cluster, topic) => `#/${encode(cluster)}/topics/${encode(topic)}`,
  monitor: (cluster) => `#/${encode(cluster)}/monitor`,
};

const PATTERNS = [
  ['overview', ''],
  ['groups', 'groups'],
  ['topics', 'topics'],
  ['events', 'events'],
  ['rules', 'rules'],
  ['rules', 'rules/{page}'],
  ['incidents', 'incidents'],
  ['silences', 'silences'],
  ['silence', 'silences/new'],
  ['receivers', 'receivers'],
  ['monitor', '{cluster}/monitor'],
  ['incident', 'incidents/{id}'],
  ['group', '{cluster}/groups/{group}'],
  ['explain', '{cluster}/groups/{group}/explain'],
  ['topic', '{cluster}/topics/{topic}'],
].map(([screen, pattern]) => [screen, pattern.split('/')]);

function matched(pattern, segments) {
  if (pattern.length !== segments.length) return null;
  const names = {};
  for (const [at, part] of pattern.entries()) {
    if (part.startsWith('{')) names[part.slice(1, -1)] = decode(segments[at]);
    else if (part !== segments[at]) return null;
  }
  return names;
}

// {screen, names, query, place}; `place` is the same for the same thing with another query.
export function parse(hash) {
  const [path, ...rest] = hash.replace(/^#?\/?/, '').split('?');
  const values = {};
  for (const part of rest.join('?').split('&').filter(Boolean)) {
    const [name, ...value] = part.split('=');
    values[decode(name)] = decode(value.join('='));
  }
  for (const [screen, pattern] of PATTERNS) {
    const names = matched(pattern, path.split('/'));
    if (names) return {screen, names, query: values, place: `${screen}/${path}`};
  }
  return {screen: 'nowhere', names: {path}, query: values, place: path};
}

export const here = () => parse(location.hash);

// The present address with some values of its query changed; '' takes one away. Without a step in
// the browser's history where `quietly`.
export function change(values, quietly = true) {
  const {query: old} = here();
  const path = location.hash.split('?')[0] || '#/';
  const target = path + query({...old, ...values});
  if (target === location.hash) return;
  if (quietly) location.replace(target);
  else location.hash = target;
}
