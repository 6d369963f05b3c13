/**
 * Bond-valence parameters R0 in Å with b = 0.37 Å, by anion.
 *
 * An entry `Mn4:1.753a` reads: cation and oxidation state, R0, source. State 0 stands for "not told apart". Single
 * values are taken from the primary papers in this order of preference: a, b, then the rest; silicon (b) and
 * aluminium (e) with oxygen are the values that give Si–O 1.62 Å in tetrahedra and Al–O 1.88 Å in octahedra.
 */
export const bondValenceTable: Readonly<Record<string, string>> = {
  O:
    'Ac3:2.24b Ag1:1.842a Al3:1.620e Am3:2.11b As3:1.789a As5:1.767a Au3:1.89e B3:1.371a Ba2:2.285a Be2:1.381a ' +
    'Bi3:2.094a Bi5:2.06b Br7:1.81b C2:1.366e C4:1.390a Ca2:1.967a Cd2:1.904a Ce3:2.151b Ce4:2.028b Cl5:1.67e ' +
    'Cl7:1.632a Co2:1.692a Co3:1.70b Co4:1.72e Cr2:1.73b Cr3:1.724a Cr4:1.81e Cr5:1.78e Cr6:1.794a Cs1:2.417a ' +
    'Cu1:1.610e Cu2:1.679a Cu3:1.739e Dy3:2.001a Er3:1.988a Eu2:2.147b Eu3:2.074a Fe2:1.734a Fe3:1.759a Ga3:1.730a ' +
    'Gd3:2.065b Ge4:1.748a Hf4:1.923b Hg1:1.90b Hg2:1.972a Ho3:2.025a I5:2.003a I7:1.93b In3:1.902a Ir4:1.87e ' +
    'Ir5:1.916b K1:2.132a La3:2.172a Li1:1.466a Lu3:1.971b Mg2:1.693a Mn2:1.790a Mn3:1.760a Mn4:1.753a Mn6:1.79e ' +
    'Mn7:1.79b Mo3:1.834m Mo4:1.886j Mo5:1.907j Mo6:1.907a N3:1.361a N5:1.432a Na1:1.803a Nb3:1.91e Nb4:1.88e ' +
    'Nb5:1.911a Nd3:2.105a Ni2:1.654a Ni3:1.75e Ni4:1.78e Np4:2.18e Os4:1.811b Os8:1.92e P3:1.63e P5:1.617a ' +
    'Pb2:2.112a Pb4:2.042a Pd2:1.792b Po4:2.19e Pr3:2.138a Pt2:1.768b Pt4:1.879a Pu3:2.11b Rb1:2.263a Re5:1.86e ' +
    'Re7:1.97e Rh3:1.793b Ru3:1.77o Ru4:1.834b Ru5:1.90o S4:1.644a S6:1.624a Sb3:1.955an Sb5:1.942a Sc3:1.849a ' +
    'Se4:1.811a Se6:1.788a Si4:1.624b Sm3:2.088b Sn2:1.984b Sn4:1.905a Sr2:2.118a Ta5:1.920a Tb3:2.032a Te4:1.977a ' +
    'Te6:1.917a Th4:2.167b Ti3:1.791b Ti4:1.815a Tl1:2.124a Tl3:2.003b Tm3:2.000b U4:2.112b U5:2.075b U6:2.075a ' +
    'V2:1.70e V3:1.743a V4:1.784a V5:1.803a W6:1.917a Y3:2.019a Yb3:1.965a Zn2:1.704a Zr4:1.928a',
  F:
    'Ag1:1.80b Al3:1.545a B3:1.281a Ba2:2.188a Be2:1.281a Bi3:1.99b C4:1.32b Ca2:1.842a Cd2:1.811b Ce3:2.036b ' +
    'Ce4:1.995b Co2:1.64b Co3:1.62b Cr2:1.67b Cr3:1.657a Cs1:2.33b Cu1:1.6b Cu2:1.594a Fe2:1.65b Fe3:1.679a ' +
    'Ga3:1.62b Ge4:1.66b Hf4:1.85b In3:1.792a K1:1.992a La3:2.08e Li1:1.360a Mg2:1.578a Mn2:1.698a Mn3:1.66b ' +
    'Mn4:1.71b Mo6:1.81b Na1:1.677a Nb5:1.87b Ni2:1.596a Ni3:1.58e P5:1.54e Pb2:2.03b Rb1:2.16b S6:1.56b ' +
    'Sb3:1.883a Sb5:1.797a Sc3:1.76b Si4:1.58b Sn2:1.925a Sn4:1.843a Sr2:2.019b Ta5:1.88b Th4:2.068a Ti3:1.723b ' +
    'Ti4:1.76b U4:2.038a V3:1.702b V4:1.70b V5:1.70e W6:1.83b Y3:1.904b Zn2:1.62b Zr4:1.846a',
  Cl:
    'Ag1:2.09b Al3:2.032a B3:1.74b Ba2:2.69b Be2:1.76b Bi3:2.48b C4:1.76b Ca2:2.37b Cd2:2.212a Ce3:2.52b ' +
    'Co2:2.033a Cr2:2.09b Cr3:2.08b Cs1:2.791a Cu1:1.89e Cu2:2.00b Fe2:2.06b Fe3:2.09b Ga3:2.07b Ge4:2.14b ' +
    'Hf4:2.30b In3:2.28b K1:2.519a La3:2.545b Li1:1.91b Mg2:2.08b Mn2:2.133a Mn3:2.14b Na1:2.15b Nb5:2.27b ' +
    'Ni2:2.02b P5:2.02e Pb2:2.53b Rb1:2.652a Sb3:2.35b Sc3:2.23b Si4:2.03b Sn2:2.36b Sn4:2.276a Sr2:2.51b ' +
    'Ta5:2.30b Ti3:2.17b Ti4:2.19b V3:2.19b W6:2.27b Y3:2.40b Zn2:2.01b Zr4:2.33b',
  S:
    'Ag1:2.119a Al3:2.13b As3:2.272a B3:1.82b Ba2:2.769a Be2:1.83b Bi3:2.570a C4:1.80e Ca2:2.45b Cd2:2.304a ' +
    'Ce3:2.65e Co2:1.94e Co3:2.02e Cr3:2.162e Cs1:2.89b Cu1:1.898a Cu2:2.054a Fe2:2.16b Fe3:2.149a Ga3:2.163a ' +
    'Ge4:2.217a Hg2:2.308a In3:2.370a K1:2.59b La3:2.643a Li1:1.94b Mg2:2.18b Mn2:2.22e Mo4:2.235j Mo6:2.331j ' +
    'Na1:2.300a Nb0:2.37b Ni2:1.98e P5:2.145a Pb2:2.541a Rb1:2.70b Sb3:2.474a Sc3:2.321a Si4:2.126a Sn2:2.44e ' +
    'Sn4:2.399a Sr2:2.59b Ta5:2.47e Ti3:2.11e Ti4:2.29e V3:2.17e V4:2.24e V5:2.25e W0:2.39b Y3:2.48b Zn2:2.09b ' +
    'Zr4:2.41b',
  N:
    'Al3:1.79b B3:1.47b Ba2:2.47b Be2:1.50b C4:1.442a Ca2:2.14b Cr0:1.85b Fe0:1.86b Ga0:1.84b Ge0:1.88b Hf0:2.09b ' +
    'In0:2.03b K1:2.26b La3:2.34b Li1:1.61b Mg2:1.85b Mn0:1.87b Mo0:2.04b Na1:1.93b Nb0:2.06b P5:1.704a Sc3:1.98b ' +
    'Si4:1.724a Sn0:2.14b Sr2:2.23b Ta0:2.01b Ti0:1.93b V0:1.86b W0:2.06b Y3:2.17b Zn2:1.77b Zr4:2.11b',
}

/** Letters of the table above; the same as in the accumulated list of I. D. Brown. */
export const bondValenceSources: Readonly<Record<string, string>> = {
  a: 'Brown and Altermatt, Acta Cryst. B41, 244 (1985)',
  b: "Brese and O'Keeffe, Acta Cryst. B47, 192 (1991)",
  e: 'I. D. Brown, private communication, in his accumulated list (2013)',
  j: 'Liu and Thorp, Inorg. Chem. 32, 4102 (1993)',
  m: 'Chen, Zhou and Hu, Chinese Sci. Bull. 47, 978 (2002)',
  o: 'Allmann, Monatshefte Chem. 106, 779 (1975)',
  an: 'Palenik, Abboud and Palenik, Inorg. Chim. Acta 358, 1034 (2005)',
  az: 'Grabowski, J. Mol. Struct. 552, 153 (2000)',
}

/** Pairs whose b differs from 0.37 Å: hydrogen bonds are too soft for it. */
export const softBonds: readonly (readonly [string, number, string, number, number, string])[] = [
  ['H', 1, 'O', 0.925, 0.4, 'az'],
]
