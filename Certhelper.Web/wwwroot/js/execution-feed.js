// Where lines come from: a web socket that is opened anew when it breaks, and plain requests where there is none. Every
// beginning says which line is there already, so that nothing is missing and nothing comes twice.
const OPEN_WITHIN = 8000;
const SOCKET_AGAIN = 30000;

export class ExecutionFeed {
  #id;
  #take;
  #say;
  #last = () => 0;
  #state = null;
  #ended = false;
  #wake = () => {};

  constructor(id, { last, take, say }) {
    this.#id = id;
    this.#last = last;
    this.#take = take;
    this.#say = say;
    addEventListener('online', () => this.#wake());
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.#wake(); });
  }

  async run() {
    let socketFrom = 0;
    let failures = 0;
    while (!this.#ended) {
      if (Date.now() >= socketFrom) {
        const began = Date.now();
        const opened = await this.#throughSocket();
        if (this.#ended) break;
        if (opened) {
          this.#say('again');
          // One that breaks at once, again and again, is none.
          if (Date.now() - began < 3000) socketFrom = Date.now() + 5000;
          await this.#pause(200 + Math.random() * 600);
          continue;
        }
        socketFrom = Date.now() + SOCKET_AGAIN;
      }
      try {
        if (!await this.#ask()) return;
        failures = 0;
        if (!this.#ended) this.#say('asking');
      } catch {
        failures++;
        socketFrom = 0;
        this.#say('again');
        await this.#pause(Math.min(10000, 400 * 2 ** Math.min(failures, 5)));
      }
    }
    this.#say('ended');
  }

  #got(portion) {
    this.#state = portion.state ?? this.#state;
    this.#take(portion);
    if (this.#state?.ended && this.#last() >= this.#state.lastLine) this.#ended = true;
  }

  // Whether it was open; it returns when it is not any more.
  async #throughSocket() {
    const { HubConnectionBuilder, HttpTransportType, LogLevel } = globalThis.signalR ?? {};
    if (!HubConnectionBuilder) return false;
    const connection = new HubConnectionBuilder()
      .withUrl('/hubs/executions', { skipNegotiation: true, transport: HttpTransportType.WebSockets })
      .configureLogging(LogLevel.None)
      .build();
    connection.serverTimeoutInMilliseconds = 15000;
    connection.keepAliveIntervalInMilliseconds = 5000;
    let timer = 0;
    try {
      const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('late')), OPEN_WITHIN); });
      await Promise.race([connection.start(), late]);
    } catch {
      connection.stop().catch(() => {});
      return false;
    } finally {
      clearTimeout(timer);
    }
    this.#say('live');
    await new Promise((resolve) => {
      connection.onclose(resolve);
      connection.stream('Follow', this.#id, this.#last()).subscribe({ next: (portion) => this.#got(portion), complete: resolve, error: resolve });
    });
    connection.stop().catch(() => {});
    return true;
  }

  // Whether it is worth asking again.
  async #ask() {
    const answer = await fetch(`/executions/${this.#id}/lines?after=${this.#last()}&change=${this.#state?.change ?? -1}&wait=20`, { headers: { 'HX-Request': 'true' }, cache: 'no-store', redirect: 'manual' });
    if (answer.status === 401 || answer.type === 'opaqueredirect') { this.#say('signed-out'); return false; }
    if (answer.status === 403) { this.#say('refused'); return false; }
    if (answer.status === 404) { this.#say('gone'); return false; }
    if (!answer.ok) throw new Error(String(answer.status));
    this.#got(await answer.json());
    return true;
  }

  #pause(time) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}
