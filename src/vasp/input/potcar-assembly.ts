import { shellQuote } from '../../base/shell-quote.ts'
import type { PotcarSpec, PotcarSpecies } from './potcar-spec.ts'

/** The variable that names the site's library in the lines below. */
export const potcarLibraryVariable = 'DOPANT_POTCAR_LIBRARY'

/**
 * POSIX shell lines that make POTCAR in the current folder and leave the title, ZVAL, ENMAX and hash of each dataset in
 * POTCAR.identity. They end the script with status 3 and a sentence on stderr when a dataset is missing or is another one.
 *
 * Found in the library: `Mn_pv/POTCAR` or `POTCAR.Mn_pv`, plain, `.gz` or `.Z`.
 */
export function potcarAssemblyLines(spec: PotcarSpec): readonly string[] {
  return [...assemblyFunction, ...spec.map(addLine), 'mv POTCAR.part POTCAR && rm -f POTCAR.one']
}

function addLine({ symbol, functional, zval }: PotcarSpecies): string {
  return `add_potcar ${shellQuote(symbol)} ${shellQuote(`${titlePrefix[functional]} ${symbol}`)} ${shellQuote(String(zval))}`
}

// `PAW_PBE Mn_pv 02Aug2007`: the first word tells the functional that the dataset was made for.
const titlePrefix = { PBE: 'PAW_PBE', LDA: 'PAW' } as const

const assemblyFunction: readonly string[] = [
  'potcar_problem() { echo "dopant: POTCAR: $1" >&2; rm -f POTCAR.part POTCAR.one; exit 3; }',
  `[ -d "\${${potcarLibraryVariable}:-}" ] || potcar_problem "no library folder '\${${potcarLibraryVariable}:-}'; set potcarLibrary of the site"`,
  'rm -f POTCAR POTCAR.part POTCAR.identity',
  'add_potcar() {',
  '  potcar_file=',
  `  for candidate in "$${potcarLibraryVariable}/$1/POTCAR" "$${potcarLibraryVariable}/POTCAR.$1"; do`,
  '    for ending in "" .gz .Z; do',
  '      if [ -z "$potcar_file" ] && [ -f "$candidate$ending" ]; then potcar_file=$candidate$ending; fi',
  '    done',
  '  done',
  `  [ -n "$potcar_file" ] || potcar_problem "no dataset $1 in $${potcarLibraryVariable}"`,
  '  case $potcar_file in',
  '    *.gz|*.Z) gzip -dc "$potcar_file" > POTCAR.one || potcar_problem "cannot unpack $potcar_file" ;;',
  '    *) cat "$potcar_file" > POTCAR.one || potcar_problem "cannot read $potcar_file" ;;',
  '  esac',
  "  potcar_title=$(sed -n 's/^ *TITEL *= *//p' POTCAR.one | head -n 1 | sed 's/ *$//')",
  "  potcar_zval=$(sed -n 's/.*ZVAL *= *\\([0-9.]*\\).*/\\1/p' POTCAR.one | head -n 1)",
  "  potcar_enmax=$(sed -n 's/.*ENMAX *= *\\([0-9.]*\\).*/\\1/p' POTCAR.one | head -n 1)",
  '  case "$potcar_title " in',
  '    "$2 "*) ;;',
  "    *) potcar_problem \"$potcar_file is '$potcar_title', wanted '$2'\" ;;",
  '  esac',
  '  awk "BEGIN { exit !(${potcar_zval:-0} + 0 == $3 + 0) }" || potcar_problem "$potcar_file has ZVAL $potcar_zval, planned with $3"',
  '  potcar_hash=$(sha256sum POTCAR.one 2>/dev/null | cut -d " " -f 1)',
  '  printf "%s\\t%s\\t%s\\t%s\\t%s\\n" "$1" "$potcar_title" "$potcar_zval" "$potcar_enmax" "$potcar_hash" >> POTCAR.identity',
  '  cat POTCAR.one >> POTCAR.part || potcar_problem "cannot write POTCAR"',
  '}',
]
