/** An image that the build puts into the program as a `data:` URL. */
declare module '*.png?inline' {
  const dataUrl: string;
  export default dataUrl;
}
