import { expect, it } from "vitest";
import { scheduleProblem } from "./cron-schedule.js";

it.each([
  "* * * * *",
  "*/5 0-6,12 1 JAN-mar sun",
  "0 0 ? * ?",
  "5/10 * * * 1-5",
  "  0\t3 * * *  ",
  "@yearly",
  "@midnight",
  "@every 1h30m",
  "TZ=UTC 0 0 * * *",
  "CRON_TZ=Europe/Berlin @daily",
  "+5 * * * *",
  ", * * * *",
])("takes %j", (schedule) => {
  expect(scheduleProblem(schedule)).toBeUndefined();
});

it.each([
  ["", "empty spec string"],
  ["* * * *", "expected exactly 5 fields, found 4: [* * * *]"],
  ["0 0 * * * *", "expected exactly 5 fields, found 6: [0 0 * * * *]"],
  ["60 * * * *", "end of range (60) above maximum (59): 60"],
  ["* 24 * * *", "end of range (24) above maximum (23): 24"],
  ["* * 0 * *", "beginning of range (0) below minimum (1): 0"],
  ["* * * 13 *", "end of range (13) above maximum (12): 13"],
  ["* * * * 7", "end of range (7) above maximum (6): 7"],
  ["5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"],
  ["*/0 * * * *", "step of range should be a positive number: */0"],
  ["1-2-3 * * * *", "too many hyphens: 1-2-3"],
  ["1/2/3 * * * *", "too many slashes: 1/2/3"],
  ["*/-5 * * * *", "negative number (-5) not allowed: -5"],
  ["a * * * *", 'failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax'],
  ["5- * * * *", 'failed to parse int from : strconv.Atoi: parsing "": invalid syntax'],
  [
    "99999999999999999999 * * * *",
    'failed to parse int from 99999999999999999999: strconv.Atoi: parsing "99999999999999999999": value out of range',
  ],
  ["@often", "unrecognized descriptor: @often"],
  ["@every day", 'failed to parse duration @every day: time: invalid duration "day"'],
  [" @daily", "expected exactly 5 fields, found 1: [@daily]"],
  ["TZ=0", "invalid schedule format: runtime error: slice bounds out of range [:-1]"],
  ["TZ=Mars/Base 0 0 * * *", "provided bad location Mars/Base: unknown time zone Mars/Base"],
  ["TZ=../etc 0 0 * * *", "provided bad location ../etc: time: invalid location name"],
])("says what is wrong with %j", (schedule, problem) => {
  expect(scheduleProblem(schedule)).toBe(problem);
});
