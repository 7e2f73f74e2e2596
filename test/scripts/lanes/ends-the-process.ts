describe('a file that ends its process', () => {
  it('in the middle of a test', () => {
    console.log('last words')
    process.exit(0)
  })
})
