export interface Job {
  id: string;
  priority: number;
  run(): Promise<void>;
}

type Listener = (job: Job) => void;

export function compare(a: Job, b: Job): number {
  if (a.priority !== b.priority) {
    return b.priority - a.priority;
  }
  return a.id < b.id ? -1 : 1;
}

export class JobQueue {
  private waiting: Job[] = [];
  private listeners: Listener[] = [];

  onDone(listener: Listener): void {
    this.listeners.push(listener);
  }

  push(job: Job): void {
    this.waiting.push(job);
    this.waiting.sort(compare);
  }

  async next(): Promise<boolean> {
    const job = this.waiting.shift();
    if (job === undefined) {
      return false;
    }
    await job.run();
    for (const listener of this.listeners) {
      listener(job);
    }
    return true;
  }
}
