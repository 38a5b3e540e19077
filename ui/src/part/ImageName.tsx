import { Fragment } from 'react';

const DIGEST = /@(sha\d+):([0-9a-f]{12})[0-9a-f]+$/;

/** An image's name, broken into lines where a reader would, its digest cut short unless the whole is asked for. */
export function ImageName({ image, isWhole = false }: { image: string; isWhole?: boolean }) {
  const shown = isWhole ? image : image.replace(DIGEST, '@$1:$2…');
  return shown.split(/(?<=\/)|(?=[:@])/).map((piece, index) => (
    <Fragment key={index}>{index > 0 && <wbr />}{piece}</Fragment>
  ));
}
