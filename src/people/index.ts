export { accountRoutes, type AccountRouteNeeds } from './account-routes.ts'
export {
  createPerson,
  unprotectedCreatePerson,
  type AccountNeeds,
  type NewPerson,
  type WithTemporaryPassword,
} from './administer-accounts.ts'
export { administrationRoutes, type AdministrationNeeds } from './administration-routes.ts'
export { passportAuthenticator } from './passport-door.ts'
export { administersAll } from './people-policy.ts'
export { peopleStore, type PeopleStore } from './people-store.ts'
export type { Person } from './person.ts'
export { checkCredentials } from './sign-in.ts'
export { signInLimits, type SignInLimits } from './sign-in-limits.ts'
