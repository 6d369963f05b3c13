/** The minified build is the same library as an ES module. */
declare module '3dmol/build/3Dmol.es6-min.js' {
  export * from '3dmol'
}
