import page from '../page.module.css';

export function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <section className={page.panel} aria-label={title}>
      <h2>{title}</h2>
      <List points={points} none="Nothing." />
    </section>
  );
}

export function List({ points, none }: { points: readonly string[]; none: string }) {
  if (points.length === 0) return <div>{none}</div>;
  return (
    <ul className={page.list}>
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}
