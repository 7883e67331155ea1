/** Where claims and volumes said their class before there was a field for it. */
export const STORAGE_CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
