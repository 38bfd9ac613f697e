import { Table } from '@mantine/core';
import type { ComparedValue } from '../../../shared/api/history.ts';
import classes from './compare.module.css';

export function DifferingValues({ title, values }: { title: string; values: readonly ComparedValue[] }) {
  if (values.length === 0) return null;
  return (
    <Table className={classes.values ?? ''} aria-label={title} withTableBorder layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{title}</Table.Th>
          <Table.Th>− First run</Table.Th>
          <Table.Th>+ Second run</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {values.map(({ name, left, right }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{name}</Table.Th>
            <Table.Td className={classes.value ?? ''}>{left ?? 'none'}</Table.Td>
            <Table.Td className={classes.value ?? ''}>{right ?? 'none'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
