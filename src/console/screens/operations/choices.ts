/** What can stand in an address, and is offered to choose from. */
export const windows = ['1h', '6h', '24h', '7d'] as const;
export const outcomes = ['succeeded', 'refused', 'failed'] as const;
export const system_tabs = ['overview', 'checks', 'tasks', 'retention', 'settings'] as const;
export const delivery_states = ['pending', 'delivered', 'dead', 'resent'] as const;
