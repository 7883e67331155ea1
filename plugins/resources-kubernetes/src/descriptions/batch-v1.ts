import { CONDITION, METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of batch/v1 and their fields are, for `kubectl explain`. */
export const BATCH_V1: TypeDescriptions = {
  Job: {
    "": "Job runs pods until enough of them have ended well.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  JobSpec: {
    "": "JobSpec is what is wanted of a job.",
    parallelism: "How many pods may run at a time; default: 1.",
    completions: "How many pods must end well; default: 1, or as many as one tells, when only parallelism is said.",
    activeDeadlineSeconds: "After how many seconds the job fails, whatever its pods do; default: never.",
    podFailurePolicy: "What pods that fail mean, by exit code and condition; the pods' restartPolicy must be Never.",
    successPolicy: "When the job has succeeded before all its pods have; only for Indexed.",
    backoffLimit: "After how many failed pods the job fails; default: 6, or no limit with backoffLimitPerIndex.",
    backoffLimitPerIndex: "After how many failed pods of one index that index fails; only for Indexed.",
    maxFailedIndexes:
      "After how many failed indexes the job fails; default: it goes on to the end. Only with backoffLimitPerIndex.",
    selector: "The pods that belong to the job; the server makes one that no other job has.",
    manualSelector:
      "True: selector and labels are as the user writes them, who sees that no other pods fit. Default: false.",
    template: "What the pods are to be; their restartPolicy must be Never or OnFailure.",
    ttlSecondsAfterFinished: "How many seconds after its end the job is deleted; default: never.",
    completionMode:
      "NonIndexed (the default): any pod counts. Indexed: pods have numbers from 0 to completions - 1, and one of each must end well.",
    suspend: "True: its pods are deleted, and no new ones come until it is false. Default: false.",
    podReplacementPolicy:
      "When a new pod comes: TerminatingOrFailed, once the old one is being deleted, or Failed, once it has ended. Default: the first; the second with podFailurePolicy.",
    managedBy:
      "The controller that does the job, as domain/name; default: kubernetes.io/job-controller. It cannot be changed.",
  },
  PodFailurePolicy: {
    "": "PodFailurePolicy is what pods that fail mean for their job.",
    rules: "At most 20 rules; the first that fits counts, and without one the failure counts against backoffLimit.",
  },
  PodFailurePolicyRule: {
    "": "PodFailurePolicyRule is what certain failures of pods mean; either exit codes or conditions.",
    action:
      "FailJob: the job fails. FailIndex: the index fails. Ignore: a new pod comes, and it does not count. Count: it counts as usual.",
    onExitCodes: "It fits failures with such exit codes.",
    onPodConditions: "It fits failures of pods with one of such conditions.",
  },
  PodFailurePolicyOnExitCodesRequirement: {
    "": "PodFailurePolicyOnExitCodesRequirement is exit codes of containers that have failed.",
    containerName: "Name of the container; default: any.",
    operator: "In: one of the values. NotIn: none of them.",
    values: "Exit codes in rising order, each once; 0 is not allowed for In.",
  },
  PodFailurePolicyOnPodConditionsPattern: {
    "": "PodFailurePolicyOnPodConditionsPattern is a condition of a pod that has failed.",
    type: "Type of the condition, such as DisruptionTarget.",
    status: "Its status; default: True.",
  },
  SuccessPolicy: {
    "": "SuccessPolicy is when a job has succeeded before all its pods have.",
    rules: "At most 20 rules; once one holds the job has succeeded and the other pods are ended.",
  },
  SuccessPolicyRule: {
    "": "SuccessPolicyRule is which pods must have ended well for the job to succeed; at least one of the two.",
    succeededIndexes: "Indexes that must all have succeeded, such as 0-3,7; with succeededCount those that it counts.",
    succeededCount: "How many indexes must have succeeded.",
  },
  JobStatus: {
    "": "JobStatus is what was last seen of a job.",
    conditions: "The latest observations; Complete or Failed ends the job.",
    startTime: "When the job was first worked on; new after it was suspended.",
    completionTime: "When the job was complete; absent when it failed.",
    active: "How many pods wait or run and are not being deleted.",
    succeeded: "How many pods have ended well.",
    failed: "How many pods have failed.",
    terminating: "How many pods are being deleted and still there.",
    completedIndexes: "Indexes that have succeeded, such as 0-3,7.",
    failedIndexes: "Indexes that have failed, such as 1,4-5; only with backoffLimitPerIndex.",
    uncountedTerminatedPods: "Pods that have ended and are not counted yet.",
    ready: "How many of the active pods are ready.",
  },
  JobCondition: {
    "": "JobCondition is one observation of a job.",
    type: "What is observed: Complete, Failed, Suspended, FailureTarget or SuccessCriteriaMet.",
    lastProbeTime: "When it was last looked at.",
    ...CONDITION,
  },
  UncountedTerminatedPods: {
    "": "UncountedTerminatedPods is pods of a job that have ended and are not counted yet, by their uids.",
    succeeded: "Those that ended well.",
    failed: "Those that failed.",
  },
  CronJob: {
    "": "CronJob creates a job at the times of a schedule.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  CronJobSpec: {
    "": "CronJobSpec is what is wanted of a cron job.",
    schedule: "The times as cron has them: minute, hour, day, month, weekday, such as `*/5 * * * *`, or `@daily`.",
    timeZone: "The time zone of the schedule, such as Europe/Berlin; default: that of the controller.",
    startingDeadlineSeconds: "How many seconds late a job may start; what is later is left out. Default: no limit.",
    concurrencyPolicy:
      "When the last job still runs: Allow (the default) starts the next beside it, Forbid leaves it out, Replace ends the last.",
    suspend: "True: no further jobs are created. Default: false.",
    jobTemplate: "What the jobs are to be.",
    successfulJobsHistoryLimit: "How many jobs that succeeded are kept; default: 3.",
    failedJobsHistoryLimit: "How many jobs that failed are kept; default: 1.",
  },
  JobTemplateSpec: {
    "": "JobTemplateSpec is what jobs are made from.",
    metadata: "The labels and annotations that the jobs get.",
    spec: "What is wanted of the jobs.",
  },
  CronJobStatus: {
    "": "CronJobStatus is what was last seen of a cron job.",
    active: "The jobs that run.",
    lastScheduleTime: "The last time of the schedule at which a job was created.",
    lastSuccessfulTime: "When a job last ended well.",
  },
};
