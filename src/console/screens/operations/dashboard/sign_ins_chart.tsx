import { BarChart } from '@mantine/charts';
import { Table, Text } from '@mantine/core';
import type { Schemas } from '../../../api/client.ts';
import { moment } from '../../../components/time_ago.tsx';

type Figures = Schemas['SignInFigures'];
type Bucket = Figures['buckets'][number];

const short = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const long = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** The bars, and the same as a table for whoever listens or reads figures. */
export function SignInsChart({ figures }: { readonly figures: Figures }) {
  const filled = with_empty(figures);
  const label = Date.parse(figures.until) - Date.parse(figures.since) > 86_400_000 + 60_000 ? long : short;
  const sum = (of: 'succeeded' | 'refused' | 'failed'): number => figures.buckets.reduce((total, bucket) => total + bucket[of], 0);
  const told = `${sum('succeeded')} succeeded, ${sum('refused')} refused, ${sum('failed')} failed`;
  if (figures.buckets.length === 0) return <Text c="dimmed">Nobody signed in at this time.</Text>;
  return (
    <>
      <div role="img" aria-label={`Sign-ins over time: ${told}. The table below has every figure.`}>
        <BarChart
          h={240}
          data={filled.map((bucket) => ({ ...bucket, at: label.format(new Date(bucket.at)) }))}
          dataKey="at"
          type="stacked"
          series={[
            { name: 'succeeded', label: 'Succeeded', color: 'green.7' },
            { name: 'refused', label: 'Refused', color: 'yellow.7' },
            { name: 'failed', label: 'Failed', color: 'red.7' },
          ]}
          withLegend
          tickLine="none"
          gridAxis="x"
          yAxisProps={{ allowDecimals: false }}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <details className="figures">
        <summary>
          <Text span size="sm">
            {told}. Show as a table
          </Text>
        </summary>
        <div className="scroll" role="region" aria-label="Sign-ins over time" tabIndex={0}>
          <Table className="table">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">From</Table.Th>
                {['Succeeded', 'Refused', 'Failed'].map((title) => (
                  <Table.Th key={title} scope="col" ta="end">
                    {title}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {figures.buckets.map(({ at, succeeded, refused, failed }) => (
                <Table.Tr key={at}>
                  <Table.Td>{moment(at)}</Table.Td>
                  <Table.Td ta="end">{succeeded}</Table.Td>
                  <Table.Td ta="end">{refused}</Table.Td>
                  <Table.Td ta="end">{failed}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </details>
    </>
  );
}

/** Bars for the times at which nobody came, so that the axis is one of time. */
function with_empty({ since, until, bucket_seconds, buckets }: Figures): Bucket[] {
  const width = bucket_seconds * 1000;
  const known = new Map(buckets.map((bucket) => [Date.parse(bucket.at), bucket]));
  const all: Bucket[] = [];
  for (let at = Math.floor(Date.parse(since) / width) * width; at < Date.parse(until) && all.length < 500; at += width)
    all.push(known.get(at) ?? { at: new Date(at).toISOString(), succeeded: 0, refused: 0, failed: 0 });
  return all;
}
