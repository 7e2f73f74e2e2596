throw new Error('not a test at all')
