describe('a file that leaves its process unable to end well', () => {
  it('goes well itself', () => {
    process.once('exit', () => {
      process.exitCode = 3
    })
  })
})
