import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { certificateVersion } from "./certificate-version.js";
import { trustedUntil } from "./trusted-chain.js";

// A root of version 1, which has no extensions.
const OLD_ROOT = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBDzCBtgIBATAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhvbGQtcm9vdDAgFw0y
NjExMjYxMzA2MDBaGA8yMTI2MTEwMjEzMDYwMFowEzERMA8GA1UEAwwIb2xkLXJv
b3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATzdkZ83YAFzhZrelNLTdBm44z7
l5vFev1Ecc4cU9RoKVmsBeY0RNKc3GEQe/3NOk5U/bSl0deWMt0Gv6BziFVNMAoG
CCqGSM49BAMCA0gAMEUCIChjiHAPvqAq6Oowk7uOS3gYIGyLGmVDhMC2d4zEMhnT
AiEA2/8GMXWDjhCo7gqwuVpMkPUAieKOhsQLw8FLtWQCm+0=
-----END CERTIFICATE-----`);

// A root of version 3 that does not say that it is one.
const PLAIN_ROOT = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBPDCB4qADAgECAgEBMAoGCCqGSM49BAMCMBUxEzARBgNVBAMMCnBsYWluLXJv
b3QwIBcNMjYxMTI2MTMwNjAwWhgPMjEyNjExMDIxMzA2MDBaMBUxEzARBgNVBAMM
CnBsYWluLXJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARZ6Ee6AOPfFaHP
wr5mMP+tMPOCIK3aOKkcsAK4gJgsQEed7vB7cpsgrTvhoz7iR2e+rORLJ4CGM5t3
TZhAs7rmoyEwHzAdBgNVHQ4EFgQUY2tYYxmcY6BsNpQjjH4lzBi3S7kwCgYIKoZI
zj0EAwIDSQAwRgIhAOtrlWE8ItFz7mX3E9imkuuAdEXPqRiZo4eIwW39OxL8AiEA
zykEn45WcLsqc2fweJqTEdWzVm8cx2yPAmH++f49NS0=
-----END CERTIFICATE-----`);

// Signed by the old root.
const ANN = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBbzCCARWgAwIBAgIBAjAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhvbGQtcm9v
dDAgFw0yNjExMjYxMzA2MDFaGA8yMTI2MTEwMjEzMDYwMVowDjEMMAoGA1UEAwwD
YW5uMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEcJRju6DaClNIMGnxpDvLgE6a
hUAfg/06BHuTN/UnxHRegxgaG2xiNl5sYo0ZM2w1nFqMyBkQ8SyC0itupWxPRaNd
MFswEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0OBBYEFAnq2PUfMn+ikV5RQWIM
rnrqp76RMCUGA1UdIwQeMByhF6QVMBMxETAPBgNVBAMMCG9sZC1yb290ggEBMAoG
CCqGSM49BAMCA0gAMEUCIQCM+DjXT/0NEsYI/oAxBiwPxxvkOfsfGnLab1dii6rO
5QIgbDgNa+NSzFfaSs6GoGe7O74ZVdReKTmDjGww5za6YNA=
-----END CERTIFICATE-----`);

// Of version 1 too, signed by the old root.
const MIDDLE = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBDTCBtAIBAzAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhvbGQtcm9vdDAgFw0y
NjExMjYxMzA2MDFaGA8yMTI2MTEwMjEzMDYwMVowETEPMA0GA1UEAwwGbWlkZGxl
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBOaTXi6U8xcXxzd3Oib4tkkmX2QQ
fEQLKylYpGdvPVzdVxkLRs+k7yycxu8+Z4d4Ps7udq1AIOd6O/M0E3uCvjAKBggq
hkjOPQQDAgNIADBFAiBUW0ooJj0361jJ0229O1rArs0VuPC4HdU3J3DQmnLYGgIh
AINZp3YE9jkRNIhhgPFv12+LcF3k4wiY7sUB3vUVu7xC
-----END CERTIFICATE-----`);

// Signed by the one in the middle.
const BOB = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBbDCCAROgAwIBAgIBBDAKBggqhkjOPQQDAjARMQ8wDQYDVQQDDAZtaWRkbGUw
IBcNMjYxMTI2MTMwNjAxWhgPMjEyNjExMDIxMzA2MDFaMA4xDDAKBgNVBAMMA2Jv
YjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABG5X34nUsWkw6khZ9QlTM+CK61xK
leVRDt+m80BAOr4BT/vaOuh9sbFUchil/77dBcqt4eeyUuJUEdY0EYLh/GyjXTBb
MBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQWBBSRFD4kcPIui9K4kpAFcjeS
2vxY9jAlBgNVHSMEHjAcoRekFTATMREwDwYDVQQDDAhvbGQtcm9vdIIBAzAKBggq
hkjOPQQDAgNHADBEAiByzjHG4jPkC3h+ziWmYK3SvlMKvHrP1YxZrmZPalUocAIg
VHAEoBHLp7nEI4Xfbo1y6WJ2ei3euGot4p5dvT2km/Q=
-----END CERTIFICATE-----`);

// Signed by the plain root.
const CARL = new X509Certificate(`-----BEGIN CERTIFICATE-----
MIIBbDCCARKgAwIBAgIBBTAKBggqhkjOPQQDAjAVMRMwEQYDVQQDDApwbGFpbi1y
b290MCAXDTI2MTEyNjEzMDYwMVoYDzIxMjYxMTAyMTMwNjAxWjAPMQ0wCwYDVQQD
DARjYXJsMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEcq4g5uN1lK64+bsYWQ8B
ZiVP53C2xWm+FjxqdJ4CBQbpGsBL+OGHCTr7ynIQhgthY6MgsPrw2hB8OO3SoU0i
aqNXMFUwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0OBBYEFF9mxM+WEwW9x5fn
WH4XP85vnfxeMB8GA1UdIwQYMBaAFGNrWGMZnGOgbDaUI4x+JcwYt0u5MAoGCCqG
SM49BAMCA0gAMEUCIQCVkoJuOgbV1YLFgG58FwmnIVVVdJ9VAIWG7JXT3UI2CQIg
ZNixOhfAKVnKp7CnrXQ1peE4hZpHUHMYHvA9pxRLTRY=
-----END CERTIFICATE-----`);

const NOW = Date.parse("2030-01-01T00:00:00Z");

describe("certificateVersion", () => {
  it("reads it where there is one, and knows that a certificate without one is of version 1", () => {
    expect([OLD_ROOT, MIDDLE, PLAIN_ROOT, ANN].map(({ raw }) => certificateVersion(raw))).toEqual([1, 1, 3, 3]);
  });
});

describe("trustedUntil", () => {
  it("takes a root of version 1, which cannot say that it is an authority", () => {
    expect(trustedUntil([ANN], [OLD_ROOT], NOW)).toBe(Date.parse(OLD_ROOT.validTo));
  });

  it("takes no root of version 3 that does not say so", () => {
    expect(trustedUntil([CARL], [PLAIN_ROOT], NOW)).toBeUndefined();
  });

  it("takes no such certificate as an intermediate, though a root has signed it", () => {
    expect(trustedUntil([BOB, MIDDLE], [OLD_ROOT], NOW)).toBeUndefined();
    expect(trustedUntil([MIDDLE], [OLD_ROOT], NOW)).toBeDefined();
  });
});
