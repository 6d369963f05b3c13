/**
 * Shell function that tells how far the run in a folder has come, in about 1 kB: what the tail of its files says, worked
 * out at the site. Its lines:
 *
 *     now SECONDS                      the site's clock
 *     grew SECONDS                     when any output file grew last
 *     incar TAG = VALUE                NSW, NELM, EDIFF, EDIFFG
 *     steps N                          ionic steps in OSZICAR
 *     step SCFSTEPS LASTCHANGE LINE    the last of them, oldest first
 *     scf N LASTCHANGE                 of the loop that runs
 *     loop SECONDS                     the slowest ionic step near the end of OUTCAR
 *     force F                          the largest of the last whole table of forces there, eV/Å
 *     says LINE                        the last lines of vasp.out
 */
export const progressFunction = `
progress() {
  cd "$1" 2>/dev/null || return 0
  echo "now $(date +%s)"
  echo "grew $(stat -c %Y OSZICAR OUTCAR vasp.out 2>/dev/null | sort -n | tail -n 1)"
  grep -E '^ *(NSW|NELM|EDIFF|EDIFFG) *=' INCAR 2>/dev/null | sed 's/^ */incar /; s/ *#.*//'
  [ -f OSZICAR ] && LC_ALL=C awk '
    /^[A-Z][A-Z][A-Z] *: *[0-9]/ { n++; change = $4; next }
    / F= / { s++; h[s % 6] = n + 0 " " change " " $0; n = 0; change = "" }
    END { print "steps " s + 0; for (i = s - 5; i <= s; i++) if (i > 0) print "step " h[i % 6]; print "scf " n + 0 " " change }' OSZICAR
  [ -f OUTCAR ] && tail -c 65536 OUTCAR | LC_ALL=C awk '
    /LOOP[+]/ { t = $0; sub(/.*real time */, "", t); if (t + 0 > loop) loop = t + 0 }
    /TOTAL-FORCE/ { inside = 1; f = 0; next }
    inside == 1 && /^ *---/ { inside = 2; next }
    inside == 2 && /^ *---/ { inside = 0; force = f; seen = 1; next }
    inside == 2 { g = sqrt($4 * $4 + $5 * $5 + $6 * $6); if (g > f) f = g }
    END { if (loop > 0) print "loop " loop; if (seen) print "force " force }'
  [ -f vasp.out ] && tail -c 400 vasp.out | tail -n 3 | cut -c1-160 | sed 's/^/says /'
  return 0
}
`

/** Of one job, in bytes: what a poll may cost at most. */
export const mostProgressBytes = 3000
