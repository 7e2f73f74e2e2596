export { accountRoutes, type AccountRouteNeeds } from './account-routes.ts'
export { accountRulesStore, type AccountRulesStore } from './account-rules-store.ts'
export { LINK_DAYS, linkHref } from './access-link.ts'
export {
  createPerson,
  giveLink,
  unprotectedCreatePerson,
  type AccountNeeds,
  type NewPerson,
  type WithLink,
} from './administer-accounts.ts'
export { administrationRoutes, type AdministrationNeeds } from './administration-routes.ts'
export { nameFocalPerson } from './name-focal-person.ts'
export { focalRoutes } from './focal-routes.ts'
export { focalStore, type FocalStore } from './focal-store.ts'
export { passportAuthenticator } from './passport-door.ts'
export { EMAIL, EMAIL_FAULT, PHONE, PHONE_FAULT, USERNAME, USERNAME_FAULT } from './people-input.ts'
export { administersAll, may as mayAccount } from './people-policy.ts'
export { peopleStore, type PeopleStore } from './people-store.ts'
export { emailKey, isOpen, usernameKey, type Person } from './person.ts'
export type { ProfileLink } from './profile-page.ts'
export { addressPicture } from './second-factor-door.ts'
export { secretSeal, type SecretSeal } from './secret-seal.ts'
export { sealSecrets } from './seal-secrets.ts'
export { sessionList, type SessionList } from './session-list-store.ts'
export { checkCredentials } from './sign-in.ts'
export { signInLimits, type SignInLimits } from './sign-in-limits.ts'
export { signOn, type SignOn, type SignOnSettings } from './sign-on-door.ts'
export { SIGN_ON_CALLBACK } from './sign-on-routes.ts'
export { mayLookAs } from './view-as.ts'
