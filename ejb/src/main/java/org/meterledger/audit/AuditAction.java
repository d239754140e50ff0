package org.meterledger.audit;

/** What somebody did, or was refused; named for what it was done to, then for what was done. */
public enum AuditAction {
  ACCOUNT_ADD,
  ACCOUNT_CHANGE,
  ACCOUNT_INVITE,
  ACCOUNT_LOCK,
  ACCOUNT_REMOVE,
  ACCOUNT_RESET,
  ACCOUNT_UNLOCK,
  AUDIT_VERIFY,
  /** By which a meter's signed records are verified. */
  CHARGING_KEY_REGISTER,
  CHARGING_KEY_WITHDRAW,
  /** What a claim of identities gives. */
  CLAIM_GRANT_ADD,
  CLAIM_GRANT_REMOVE,
  /** A page or a resource that the caller may not open. */
  DOOR_OPEN,
  /** What is archived was taken away as a file. */
  EXPORT,
  /** How the portal speaks with a gateway. */
  GATEWAY_ACCESS,
  GATEWAY_ADD,
  GATEWAY_CHANGE,
  /** A meter belongs to a gateway, is called otherwise there, or belongs to it no more. */
  GATEWAY_METER_REGISTER,
  GATEWAY_METER_REMOVE,
  GATEWAY_METER_RENAME,
  /** Which wireless meters may come to a gateway. */
  GATEWAY_PERMITTED,
  GATEWAY_REMOVE,
  /** What a scan found is off the gateway's list. */
  GATEWAY_SCAN_FORGET,
  /** What an account of a gateway itself may do. */
  GATEWAY_USER_ACCESS,
  GATEWAY_USER_ADD,
  GATEWAY_USER_PASSWORD,
  GATEWAY_USER_REMOVE,
  GROUP_ADD,
  GROUP_CHANGE,
  GROUP_MEMBERS,
  GROUP_REMOVE,
  /** An account and an identity of the provider belong together. */
  IDENTITY_LINK,
  IDENTITY_UNLINK,
  LOCATION_ADD,
  LOCATION_CHANGE,
  LOCATION_REMOVE,
  METER_ADD,
  METER_CHANGE,
  METER_REMOVE,
  NETWORK_ADD,
  NETWORK_CHANGE,
  NETWORK_REMOVE,
  OPERATION_APPROVE,
  OPERATION_CANCEL,
  OPERATION_REJECT,
  OPERATION_REQUEST,
  /** Whether operations of a kind wait for a second person. */
  OPERATION_RULE,
  PASSWORD_CHANGE,
  PLAN_ADD,
  PLAN_CHANGE,
  PLAN_REMOVE,
  ROLE_ADD,
  ROLE_CHANGE,
  ROLE_REMOVE,
  SECOND_FACTOR_ADD,
  SECOND_FACTOR_REMOVE,
  SECRETS_ROTATE,
  SESSION_END,
  SIGN_IN,
  SIGN_OUT,
  TOKEN_ISSUE,
  TOKEN_REVOKE,
  WEBHOOK_ADD,
  WEBHOOK_CHANGE,
  WEBHOOK_REMOVE,
  WEBHOOK_RETRY,
  WEBHOOK_TEST
}
