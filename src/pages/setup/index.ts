/** The pages of the set-up portal, in English, each a function of its view. They work without script; copying and looking again are what a script adds. */
export { type SetupAttribute, type SetupAttributesView, setup_attributes_page } from './attributes.tsx';
export { setup_connection_page } from './connection.tsx';
export type { SetupConnectionView } from './connection_view.ts';
export { type SetupDomain, type SetupDomainView, setup_domain_page } from './domain.tsx';
export {
  type SetupManagedConnection,
  type SetupManageView,
  type SetupSignIn,
  type SetupSignInView,
  setup_manage_page,
  setup_sign_in_page,
} from './manage.tsx';
export { setup_door_page, type SetupDoorView } from './door.tsx';
export { type LinkOver, setup_over_page } from './over.tsx';
export {
  type SetupGuideStep,
  type SetupGuideView,
  type SetupProviderView,
  type SetupVendor,
  type SetupVendorView,
  setup_provider_page,
  setup_vendor_page,
} from './provider.tsx';
export { type SetupScimToken, type SetupScimView, setup_scim_page } from './scim.tsx';
export { type SetupTestResult, type SetupTestView, setup_test_page } from './test.tsx';
export type { SetupCheck, SetupProblem, SetupShell, SetupStepView } from './view.ts';
export {
  type SetupDoneView,
  type SetupReviewView,
  type SetupWelcomeView,
  setup_done_page,
  setup_review_page,
  setup_welcome_page,
} from './welcome.tsx';
