describe('a file that never ends', () => {
  it('and lets nothing else happen in its process', () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })
})
