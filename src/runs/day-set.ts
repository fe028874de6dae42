/** A day of a person; the date is written out. */
export type DayOfPerson = { readonly sourceGuid: string; readonly date: string };

/**
 * Days that were seen, to tell which come again. A chunk has 100,000 and more: as texts in a set they would be most of
 * what the process holds, and all of it would be walked through whenever memory is tidied. Here a day takes some 50
 * bytes that nobody walks through.
 */
export class DaySet {
  readonly #guidsOfDate = new Map<string, GuidSet>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has({ sourceGuid, date }: DayOfPerson): boolean {
    return this.#guidsOfDate.get(date)?.has(sourceGuid) ?? false;
  }

  /** Returns false for a day that was there before. */
  add({ sourceGuid, date }: DayOfPerson): boolean {
    const guids = this.#guidsOfDate.get(date) ?? new GuidSet();
    this.#guidsOfDate.set(date, guids);
    const isNew = guids.add(sourceGuid);
    if (isNew) this.#size += 1;
    return isNew;
  }
}

/** A GUID is four words of 32 bits. */
const wordsOfGuid = 4;
const firstPlaces = 64;

/** A hash table with open addresses. A place holds a GUID; zeros are a free place, and so is the GUID of zeros. */
class GuidSet {
  #words = new Uint32Array(firstPlaces * wordsOfGuid);
  #taken = 0;
  #hasZeros = false;
  /** The GUID in question, first. */
  readonly #asked = new Uint32Array(wordsOfGuid);

  has(guid: string): boolean {
    this.#ask(guid);
    if (isFree(this.#asked, 0)) return this.#hasZeros;
    return !isFree(this.#words, this.#placeOf(this.#asked));
  }

  add(guid: string): boolean {
    this.#ask(guid);
    if (isFree(this.#asked, 0)) {
      const isNew = !this.#hasZeros;
      this.#hasZeros = true;
      return isNew;
    }
    const place = this.#placeOf(this.#asked);
    if (!isFree(this.#words, place)) return false;
    this.#words.set(this.#asked, place);
    this.#taken += 1;
    // Half of the places stay free, or the way to one becomes long.
    if (this.#taken * 2 * wordsOfGuid > this.#words.length) this.#grow();
    return true;
  }

  /** Digits in groups of 8, 4, 4, 4 and 12. */
  #ask(guid: string): void {
    this.#asked[0] = (fourDigits(guid, 0) << 16) | fourDigits(guid, 4);
    this.#asked[1] = (fourDigits(guid, 9) << 16) | fourDigits(guid, 14);
    this.#asked[2] = (fourDigits(guid, 19) << 16) | fourDigits(guid, 24);
    this.#asked[3] = (fourDigits(guid, 28) << 16) | fourDigits(guid, 32);
  }

  /** Where these words stand, or else where they would. */
  #placeOf(asked: Uint32Array): number {
    const last = this.#words.length - wordsOfGuid;
    let place = (hashOf(asked) * wordsOfGuid) & last;
    while (!isFree(this.#words, place) && !isSame(this.#words, place, asked)) {
      place = (place + wordsOfGuid) & last;
    }
    return place;
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(2 * before.length);
    for (let place = 0; place < before.length; place += wordsOfGuid) {
      if (isFree(before, place)) continue;
      const guid = before.subarray(place, place + wordsOfGuid);
      this.#words.set(guid, this.#placeOf(guid));
    }
  }
}

function isFree(words: Uint32Array, place: number): boolean {
  return words[place] === 0 && words[place + 1] === 0 && words[place + 2] === 0 && words[place + 3] === 0;
}

function isSame(words: Uint32Array, place: number, asked: Uint32Array): boolean {
  return (
    words[place] === asked[0] &&
    words[place + 1] === asked[1] &&
    words[place + 2] === asked[2] &&
    words[place + 3] === asked[3]
  );
}

/** GUIDs that were handed out one after another differ in a few bits, which the multiplication spreads. */
function hashOf(words: Uint32Array): number {
  let hash = 0;
  for (let word = 0; word < wordsOfGuid; word += 1) hash = Math.imul(hash ^ (words[word] ?? 0), 0x9e3779b1);
  return (hash ^ (hash >>> 15)) >>> 4;
}

function fourDigits(guid: string, at: number): number {
  return (
    (digitAt(guid, at) << 12) |
    (digitAt(guid, at + 1) << 8) |
    (digitAt(guid, at + 2) << 4) |
    digitAt(guid, at + 3)
  );
}

/** Of 0 to 9, a to f and A to F. */
function digitAt(guid: string, at: number): number {
  const code = guid.charCodeAt(at);
  return (code & 15) + (code >> 6) * 9;
}
