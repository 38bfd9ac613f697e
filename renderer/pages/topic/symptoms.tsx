import page from '../page.module.css';
import classes from './topic.module.css';

export function Symptoms({ symptoms }: { symptoms: readonly string[] }) {
  return (
    <section className={page.panel} aria-labelledby="symptoms">
      <h2 id="symptoms">How to recognise it</h2>
      <ul className={classes.symptoms}>
        {symptoms.map((symptom) => (
          <li key={symptom}>{symptom}</li>
        ))}
      </ul>
    </section>
  );
}
