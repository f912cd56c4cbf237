// A process that simulates one order: node --import tsx worker.ts <order> <reps> <days> <seed> <guard percent>.
import { simulateDepartment } from '../../../server/core/simulation/department.ts';
import { callOrders, withoutOneRule } from '../../../server/core/simulation/orders.ts';
import { departmentOf, queueRules } from './department.ts';
import { figuresOf, missesOf } from './figures.ts';

const [name = '', ...sizes] = process.argv.slice(2);
const [reps = 0, days = 0, seed = 0, guardPercent = 0] = sizes.map(Number);
const order = [...callOrders, ...withoutOneRule].find((one) => one.name === name);
if (!order) throw new Error(`no order is named ${name}`);
const outcome = simulateDepartment(departmentOf({ reps, days, seed, guardPercent }), order, queueRules);
process.send?.([...figuresOf(outcome), ...missesOf(outcome)]);
