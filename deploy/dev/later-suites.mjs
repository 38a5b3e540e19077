// later-suites.mjs CASES: counts the cases of suites that no part of Bulwark answers yet, by listing files, and says so.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2];
const files = path => {
  const whole = join(root, path);
  if (!existsSync(whole)) return [];
  if (!statSync(whole).isDirectory()) return [whole];
  return readdirSync(whole, { recursive: true }).map(name => join(whole, name)).filter(name => statSync(name).isFile());
};
const lines = path => files(path).reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').filter(line => line.trim() && !line.startsWith('#')).length, 0);
const array = path => files(path).reduce((sum, file) => {
  const json = JSON.parse(readFileSync(file, 'utf8'));
  return sum + (Array.isArray(json) ? json : json.cases ?? json.tests ?? Object.values(json).flat()).length;
}, 0);

const suites = {
  'admission/pss': () => lines('admission/pss.jsonl'),
  'admission/reviews': () => files('admission/reviews').length,
  'falco/filter-oracle': () => lines('falco/filter-oracle.jsonl'),
  'falco/filter-grammar': () => array('falco/filter-grammar.json'),
  'falco/rule-loader': () => array('falco/rule-loader.json'),
  'falco/regression': () => array('falco/regression/cases.json'),
  'falco/rules': () => files('falco/rules').length,
  'network/cyclonus': () => lines('network/cyclonus'),
  'network/network-policy-api': () => array('network/network-policy-api/cases.json'),
  'network/np-guard': () => array('network/np-guard/cases.json'),
  'network/synth': () => files('network/synth').length,
  'scanner/version-order': () => lines('scanner/version-order'),
  'scanner/purl-spec': () => array('scanner/purl-spec/tests'),
  'scanner/lockfiles': () => array('scanner/lockfiles/expected.json'),
  'scanner/rpmdb': () => array('scanner/rpmdb/expected.json'),
  'scanner/distro-semantics': () => array('scanner/distro-semantics/expected.json'),
  'scanner/rhel-csaf-vex': () => array('scanner/rhel-csaf-vex/expected.json'),
};
for (const [suite, count] of Object.entries(suites)) {
  let cases;
  try {
    cases = count();
  } catch (error) {
    cases = 0;
    console.log(`  (${suite} cannot be counted: ${error.message.split('\n')[0]})`);
  }
  if (cases) console.log(`${suite}: 0 passed, 0 failed, ${cases} skipped (not implemented yet)`);
}
