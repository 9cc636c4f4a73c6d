import { fibonacciNumbers } from '../../fibonacci';

export const handler = async (event: unknown): Promise<number[]> => fibonacciNumbers(event);
