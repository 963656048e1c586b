// Starts the circuit and the few things that must live without it.
import { startAges } from './ages.js';
import { startConnection } from './connection.js';
import { startKeys } from './keys.js';
import { startPrint } from './print.js';
import { startTheme } from './theme.js';

startAges();
startKeys();
startPrint();
startTheme();
startConnection();
