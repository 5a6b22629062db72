/** Two pixels by two, as a PNG file. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mOQi1oARAwQCgAcpgRh5betCQAAAABJRU5ErkJggg==', 'base64',
);
