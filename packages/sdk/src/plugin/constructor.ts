/** A class that can be made with `new`. Parameters are `never` so that any class is assignable. */
export type Constructor<T extends object = object> = new (...parameters: never[]) => T;
