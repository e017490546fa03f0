// The microphone: how loud it is, and one clip at a time as WebM/Opus. Playing a clip goes through the same sound card, so that no
// address of the browser's own memory need be opened.
const TYPE = 'audio/webm;codecs=opus';

export class Microphone {
  #chunks = [];
  #recorder = null;
  #playing = null;

  /** Ask for the microphone; rejects where there is none or it may not be used. */
  async open() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
    this.context = new AudioContext();
    this.analyser = this.context.createAnalyser();
    this.context.createMediaStreamSource(stream).connect(this.analyser);
    this.samples = new Float32Array(this.analyser.fftSize);
    this.stream = stream;
  }

  /** The loudest sample of just now, 0 to 1. */
  level() {
    if (!this.analyser) return 0;
    this.analyser.getFloatTimeDomainData(this.samples);
    return this.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  }

  /** Begin a clip. */
  start() {
    this.still();
    this.context.resume();
    this.#chunks = [];
    this.#recorder = new MediaRecorder(this.stream, { mimeType: TYPE, audioBitsPerSecond: 64000 });
    this.#recorder.addEventListener('dataavailable', (event) => this.#chunks.push(event.data));
    this.#recorder.start();
  }

  /** End it; the clip. */
  stop() {
    return new Promise((resolve) => {
      this.#recorder.addEventListener('stop', () => resolve(new Blob(this.#chunks, { type: TYPE })));
      this.#recorder.stop();
    });
  }

  /** Play a clip from its beginning. */
  async play(clip) {
    this.still();
    const sound = await this.context.decodeAudioData(await clip.arrayBuffer());
    this.still();
    this.#playing = this.context.createBufferSource();
    this.#playing.buffer = sound;
    this.#playing.connect(this.context.destination);
    this.#playing.start();
  }

  /** Stop playing. */
  still() {
    if (this.#playing) this.#playing.stop();
    this.#playing = null;
  }
}
