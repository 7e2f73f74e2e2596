describe('a file that leaves something behind', () => {
  it('does not wait for what goes wrong', async () => {
    void Promise.reject(new Error('nobody waited'))
    await new Promise(() => undefined) // for what ends the test: the rejection, or at last its time limit
  })
})
