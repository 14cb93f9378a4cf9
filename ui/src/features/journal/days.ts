// The days of the app, under the name by which the journal has always known them.

export * from '@/app/days';
