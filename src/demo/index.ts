export { DEMO_PASSWORD, demoAccounts, type DemoAccount } from './cast.ts'
export { loadDemo, type DemoOptions } from './load-demo.ts'
export { demoBegun } from './mark-store.ts'
export { demoSchool, type DemoSchool, type DemoSchoolWish, type UpTo } from './demo-school.ts'
