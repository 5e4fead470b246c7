// A file to the box, with its progress, which fetch does not tell.
import { Problem, problemOf } from './problem';

export interface Upload<A> {
  answer: Promise<A>;
  /** Ends it; the answer is then never given. */
  stop: () => void;
}

/** Sends a file. `onprogress` hears of the bytes that are on their way. */
export function upload<A>(path: string, file: Blob, headers: Record<string, string>, onprogress: (sent: number) => void): Upload<A> {
  const request = new XMLHttpRequest();
  const answer = new Promise<A>((resolve, reject) => {
    request.open('PUT', path);
    request.responseType = 'json';
    for (const [name, value] of Object.entries({ Accept: 'application/json', 'X-Bellbox': '1', ...headers })) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onprogress(loaded);
    request.onload = () => {
      if (request.status === 200) resolve(request.response as A);
      else reject(problemOf(request.status, request.response));
    };
    request.onerror = () => reject(new Problem(0));
    request.send(file);
  });
  return { answer, stop: () => request.abort() };
}
